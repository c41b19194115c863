package io.millrace.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * The processor time of processes with everything below them, also of children that have ended meanwhile. Ticks of
 * 10 ms on Linux; elsewhere what the JDK tells, without ended children.
 */
public final class CpuClock {

    private static final double TICKS_A_SECOND = 100;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_USER = 13;
    private static final int ENDED_SYSTEM = 14;

    private CpuClock() {}

    /** Returns the CPU seconds that the processes of these ids and their descendants have taken since they began. */
    public static double seconds(Collection<Long> pids) {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToDouble(CpuClock::seconds)
                .sum();
    }

    private static double seconds(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        if (!Files.exists(stat)) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
        }
        try {
            String text = Files.readString(stat);
            // the name before the last bracket may hold anything
            String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
            long ticks = 0;
            for (int field : new int[] {USER, SYSTEM, ENDED_USER, ENDED_SYSTEM}) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks / TICKS_A_SECOND;
        } catch (IOException e) {
            // it has just ended: its parent tells
            return 0;
        }
    }
}
