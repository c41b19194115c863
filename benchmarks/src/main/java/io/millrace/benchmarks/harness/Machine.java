package io.millrace.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine that a report is of. */
public final class Machine {

    private static final double GIB = 1L << 30;

    private Machine() {}

    /** Returns processor, memory, system and Java in one line, without the machine's name. */
    public static String describe() {
        return String.format(
                Locale.ROOT,
                "%d × %s, %.0f GiB, %s %s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                processor(),
                memory() / GIB,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"));
    }

    /** Returns what changes when the machine starts again; empty where the system does not tell. */
    public static String boot() {
        return first(Path.of("/proc/sys/kernel/random/boot_id"), "");
    }

    private static String processor() {
        String line = first(Path.of("/proc/cpuinfo"), "model name");
        String model = line.substring(line.indexOf(':') + 1).strip();
        return model.isEmpty() ? "processor" : model;
    }

    private static double memory() {
        String kibibytes = first(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return kibibytes.isEmpty() ? 0 : Double.parseDouble(kibibytes) * 1024;
    }

    private static String first(Path file, String start) {
        if (!Files.isReadable(file)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(start)).findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
