package io.millrace.archive.sample;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.NewFile;
import io.millrace.archive.file.WritableFolder;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder in memory, for tests that write or read an archive thousands of times. */
public final class MemoryFolder implements WritableFolder {

    private final Map<String, byte[]> files = new TreeMap<>();

    @Override
    public List<String> list(String folder) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .toList();
    }

    @Override
    public boolean has(String name) {
        return files.containsKey(name);
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return new ReadFile(bytes);
    }

    @Override
    public NewFile create(String name) {
        return new WrittenFile(name);
    }

    @Override
    public void remove(String name) {
        files.remove(name);
    }

    /** As a file that was opened stays what it is, whatever comes in its place. */
    private record ReadFile(byte[] bytes) implements ArchiveFile {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] read(long position, int length) throws IOException {
            if (position + length > bytes.length) {
                throw new EOFException("it ends before byte " + (position + length));
            }
            return Arrays.copyOfRange(bytes, (int) position, (int) position + length);
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private final class WrittenFile implements NewFile {

        private final String name;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private WrittenFile(String name) {
            this.name = name;
        }

        @Override
        public OutputStream stream() {
            return bytes;
        }

        @Override
        public void finish() {
            files.put(name, bytes.toByteArray());
        }

        @Override
        public void close() {
            // what was not finished is nowhere
        }
    }
}
