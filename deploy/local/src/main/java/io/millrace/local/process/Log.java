package io.millrace.local.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The log file of a process.
 *
 * @param file need not exist
 */
public record Log(Path file) {

    private static final int LINES = 25;
    private static final int BYTES = 16 * 1024;

    /** Returns the length in bytes; 0 if there is no file. */
    public long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Returns the last lines, indented, with the file's path above them.
     *
     * @param from what was written before this position is left out
     */
    public String tail(long from) {
        List<String> lines = read(Math.max(from, size() - BYTES)).lines().toList();
        String last = lines.stream()
                .skip(Math.max(0, lines.size() - LINES))
                .map(line -> "  | " + line)
                .collect(Collectors.joining("\n"));
        return last.isEmpty() ? "Its log " + file + " is empty." : "The end of its log " + file + ":\n" + last;
    }

    private String read(long from) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(from);
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the buffer is full or the file ends
            }
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
