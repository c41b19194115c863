package io.millrace.archive.sample;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.FilesInMemory;
import io.millrace.archive.file.NewFile;
import io.millrace.archive.file.WritableFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A folder in memory, for tests that write or read an archive thousands of times. */
public final class MemoryFolder implements WritableFolder {

    private final NavigableMap<String, byte[]> files = new TreeMap<>();
    private final FilesInMemory readable = new FilesInMemory(files);

    @Override
    public List<String> list(String folder) {
        return readable.list(folder);
    }

    @Override
    public boolean has(String name) {
        return readable.has(name);
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        return readable.open(name);
    }

    @Override
    public NewFile create(String name) {
        return new WrittenFile(name);
    }

    @Override
    public void remove(String name) {
        files.remove(name);
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
