package io.millrace.audit.folder;

import io.millrace.archive.file.ArchiveFile;
import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;

/** A file of Flink's file systems. */
final class StoredFile implements ArchiveFile {

    private final FSDataInputStream stream;
    private final long size;

    StoredFile(FSDataInputStream stream, long size) {
        this.stream = stream;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public byte[] read(long position, int length) throws IOException {
        if (length > size - position) {
            throw new EOFException("it ends before byte " + (position + length));
        }
        stream.seek(position);
        return stream.readNBytes(length);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
