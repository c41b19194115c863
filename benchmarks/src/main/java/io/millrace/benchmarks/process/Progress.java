package io.millrace.benchmarks.process;

/** Tells how many records the target holds by now. */
@FunctionalInterface
public interface Progress {

    /** Returns the count of this moment. */
    long count() throws Exception;
}
