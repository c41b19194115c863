package io.millrace.cli.fault;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.pipeline.PipelineJobs;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** The time of a scene: what is said is said with it, and every wait watches the load. */
final class SceneClock {

    /** What is awaited comes within this time, or not at all. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final PipelineJobs jobs;
    private final PrintWriter out;
    private final long begin = System.nanoTime();
    private BooleanSupplier isHealthy = () -> true;
    private Runnable complain = () -> {};

    /** @param jobs that are asked how they are when something does not come */
    SceneClock(PipelineJobs jobs, PrintWriter out) {
        this.jobs = jobs;
        this.out = out;
    }

    /** Prints a line, with the time since the scene was set. */
    void say(String what) {
        Duration since = Duration.ofNanos(System.nanoTime() - begin);
        out.printf("  %d:%02d  %s%n", since.toMinutes(), since.toSecondsPart(), what);
        out.flush();
    }

    /** Watches a load from now on; see {@link Scene#under}. */
    void under(BooleanSupplier healthy, Runnable failed) {
        isHealthy = healthy;
        complain = failed;
    }

    /** Lets time go by under load. */
    void elapse(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            requireLoad();
            pause(LOOK);
        }
    }

    /** Waits under load; see {@link Scene#await}. */
    void await(String what, Duration between, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                requireLoad();
                if (System.nanoTime() > end) {
                    throw new CommandFailure(what + " did not come within " + PATIENCE.toSeconds() + " s; "
                            + jobs.state() + "\n" + jobs.errors());
                }
                pause(between);
            }
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void requireLoad() {
        if (!isHealthy.getAsBoolean()) {
            complain.run();
        }
    }

    /** Waits whatever the load does; nobody asks to stop meanwhile. */
    static boolean pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
        return false;
    }
}
