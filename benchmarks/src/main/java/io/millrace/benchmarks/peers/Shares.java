package io.millrace.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that is divided among threads. */
final class Shares {

    /** The work of one thread. */
    @FunctionalInterface
    interface Work<T> {

        void of(T share) throws Exception;
    }

    private Shares() {}

    /** Lets a thread work on each share, and returns when all are done or one has failed. */
    static <T> void run(List<T> shares, Work<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(shares.size());
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (T share : shares) {
                ends.add(pool.submit(() -> {
                    work.of(share);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
