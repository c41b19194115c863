package io.millrace.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same to several processes at once. */
final class Parallel {

    private Parallel() {}

    /**
     * Returns when all are done.
     *
     * @throws RuntimeException the first failure, with the others attached
     */
    static void forEach(Collection<LocalProcess> processes, Consumer<LocalProcess> action) {
        if (processes.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(processes.size(), task -> {
            Thread thread = new Thread(task, "millrace-local");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> futures = new ArrayList<>();
            processes.forEach(process -> futures.add(threads.submit(() -> action.accept(process))));
            await(futures);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(List<Future<?>> futures) {
        List<RuntimeException> failures = new ArrayList<>();
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                failures.add(
                        e.getCause() instanceof RuntimeException cause
                                ? cause
                                : new IllegalStateException(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalServerException("Interrupted while waiting for the local servers", e);
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
