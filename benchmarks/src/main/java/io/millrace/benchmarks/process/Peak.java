package io.millrace.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The most memory that a process had at once. */
public final class Peak {

    private static final String HIGH_WATER = "VmHWM:";
    private static final long KIBI = 1024;

    private Peak() {}

    /** Returns the peak of the resident memory in MiB since the process began; 0 where the system does not tell. */
    public static long residentMib(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(HIGH_WATER))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / KIBI;
        } catch (IOException e) {
            return 0;
        }
    }
}
