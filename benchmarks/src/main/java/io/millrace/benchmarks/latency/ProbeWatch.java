package io.millrace.benchmarks.latency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** Asks a target again and again for one row of each tick, until it shows the row as its readers would see it. */
public final class ProbeWatch {

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final int MOST = 200;

    private ProbeWatch() {}

    /** A target's answer. */
    @FunctionalInterface
    public interface Probe {

        /** Returns those of the rows that are visible. */
        Collection<Long> visible(List<Long> ids) throws Exception;
    }

    /** Starts to ask. */
    public static Watch start(String place, Commits commits, Probe probe) {
        Schedule schedule = commits.schedule();
        return new LoopWatch(place, schedule.ticks(), commits, new LoopWatch.Look() {
            private final TreeSet<Long> waiting = new TreeSet<>();
            private int tick;

            @Override
            public void at(IntConsumer arrived) throws Exception {
                while (tick < schedule.ticks() && schedule.due(tick) <= System.nanoTime()) {
                    waiting.add(schedule.firstOf(tick++));
                }
                List<Long> asked = new ArrayList<>();
                waiting.stream().limit(MOST).forEach(asked::add);
                if (!asked.isEmpty()) {
                    for (long id : probe.visible(asked)) {
                        waiting.remove(id);
                        arrived.accept(schedule.tickOf(id));
                    }
                }
                Thread.sleep(LOOK.toMillis());
            }

            @Override
            public void end() {
                // the target is closed by who opened it
            }
        });
    }
}
