package io.millrace.audit.preflight;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What is given up when it takes too long: a client of an object store tries again for hours, and whoever starts a job
 * waits for it.
 *
 * @param patience for each question
 */
record InTime(Duration patience) {

    /**
     * Asks in a thread of its own, which ends with this process, if not before.
     *
     * @throws TimeoutException if there is no answer in time
     * @throws ExecutionException with what the question threw
     */
    <T> T ask(Callable<T> question) throws ExecutionException, TimeoutException {
        FutureTask<T> task = new FutureTask<>(question);
        Thread thread = new Thread(task, "preflight");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException("interrupted", e);
        } finally {
            task.cancel(true);
        }
    }

    /** Says in one line why a question had no answer: what a client wraps a store's answer in often does not say it. */
    static String why(Throwable e) {
        if (e instanceof TimeoutException) {
            return "no answer in time";
        }
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        String why = named(cause);
        String reason = root(cause).getMessage();
        return reason == null || why.contains(reason) ? why : why + " (" + named(root(cause)) + ")";
    }

    private static String named(Throwable e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ", " + e.getMessage();
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        for (Throwable next = e.getCause(); next != null; next = next.getCause()) {
            root = next;
        }
        return root;
    }
}
