package io.millrace.archive.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** An archive in a folder of this machine. */
public record LocalFolder(Path root) implements WritableFolder {

    @Override
    public List<String> list(String folder) throws IOException {
        Path top = root.resolve(folder);
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                names.add(root.relativize(file).toString().replace('\\', '/'));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // somebody else renames or removes files of another partition meanwhile
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        names.sort(null);
        return names;
    }

    @Override
    public boolean has(String name) {
        try {
            return Files.exists(inside(name));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        return new LocalFile(FileChannel.open(inside(name)));
    }

    @Override
    public NewFile create(String name) throws IOException {
        Path file = inside(name);
        Files.createDirectories(file.getParent());
        return new WholeFile(file);
    }

    @Override
    public void remove(String name) throws IOException {
        Files.deleteIfExists(inside(name));
    }

    private Path inside(String name) throws NoSuchFileException {
        // a relative one may be empty, which no path begins with
        Path top = root.toAbsolutePath().normalize();
        try {
            Path file = top.resolve(name).normalize();
            if (file.startsWith(top)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new NoSuchFileException(name, null, "no file can be called so");
        }
        throw new NoSuchFileException(name, null, "it is outside of the archive");
    }

    private static final class LocalFile implements ArchiveFile {

        private final FileChannel channel;
        private final long size;

        LocalFile(FileChannel channel) throws IOException {
            this.channel = channel;
            this.size = channel.size();
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public byte[] read(long position, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    throw new EOFException("it ends before byte " + (position + length));
                }
            }
            return buffer.array();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
