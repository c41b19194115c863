package io.millrace.cli.pipeline;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two runs of a command from sharing one data folder. The system lets go of it when the process ends, however it ends. */
public record PipelineLock(FileChannel channel) implements AutoCloseable {

    /**
     * Takes a lock, which is called after its command.
     *
     * @throws CommandFailure if another process holds it
     */
    public static PipelineLock take(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new CommandFailure("a " + name(file) + " runs already in "
                    + file.toAbsolutePath().getParent() + "; end that one first with Ctrl-C");
        }
        return new PipelineLock(channel);
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".lock", "");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
