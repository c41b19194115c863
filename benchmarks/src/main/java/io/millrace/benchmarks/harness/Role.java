package io.millrace.benchmarks.harness;

/** What a contender is compared as. */
public enum Role {
    /** Millrace's own job. */
    OURS,
    /** What a user would pick instead, tuned honestly. */
    PEER,
    /** The least that has to be done for this work on this machine. */
    LIMIT,
    /** One request per record: shown apart, for nobody should do that. */
    STRAWMAN
}
