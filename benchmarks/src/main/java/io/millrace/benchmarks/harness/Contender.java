package io.millrace.benchmarks.harness;

/** One who does the work of a case. */
public interface Contender {

    /** Returns its name, such as {@code debezium}. */
    String name();

    /** Returns what it is compared as. */
    Role role();

    /** Does the work once, on an empty target, and checks the target. */
    Run run() throws Exception;
}
