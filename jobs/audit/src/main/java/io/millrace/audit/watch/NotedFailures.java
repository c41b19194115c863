package io.millrace.audit.watch;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An archive's folder that remembers whether its store failed. To a verifier a file that cannot be read is wrong; here,
 * one whose store does not answer is not. Used by one thread; once that is interrupted, nothing more is read.
 */
final class NotedFailures implements ArchiveFolder {

    private final ArchiveFolder folder;
    private @Nullable IOException failure;

    NotedFailures(ArchiveFolder folder) {
        this.folder = folder;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    /** Throws what the store failed with, if it did. */
    void throwIfAny() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private <T> T noted(Work<T> work) throws IOException {
        try {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("the job ends");
            }
            return work.run();
        } catch (NoSuchFileException | FileNotFoundException | EOFException e) {
            // the store answered: a file is missing, or shorter than it says
            throw e;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public List<String> list(String name) throws IOException {
        return noted(() -> folder.list(name));
    }

    @Override
    public boolean has(String name) throws IOException {
        return noted(() -> folder.has(name));
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        return new Noted(noted(() -> folder.open(name)));
    }

    @Override
    public byte[] read(String name, int most) throws IOException {
        return noted(() -> folder.read(name, most));
    }

    private final class Noted implements ArchiveFile {

        private final ArchiveFile file;

        Noted(ArchiveFile file) {
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public byte[] read(long position, int length) throws IOException {
            return noted(() -> file.read(position, length));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
