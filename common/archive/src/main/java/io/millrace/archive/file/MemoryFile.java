package io.millrace.archive.file;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** A file in memory. */
public record MemoryFile(byte[] bytes) implements ArchiveFile {

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public byte[] read(long position, int length) throws IOException {
        if (position < 0 || length < 0 || position + length > bytes.length) {
            throw new EOFException("it ends before byte " + (position + length));
        }
        return Arrays.copyOfRange(bytes, (int) position, (int) position + length);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
