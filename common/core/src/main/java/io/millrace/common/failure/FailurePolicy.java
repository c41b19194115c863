package io.millrace.common.failure;

/** What happens to one element that a target refuses for what it is. Outages never get here: they are retried. */
public enum FailurePolicy {
    /** The job fails, and fails again after every restart until the cause is mended. */
    FAIL,
    /** The element is counted and forgotten. */
    DROP,
    /** The element goes to the dead letters; it counts as done when Kafka has acknowledged it there. */
    DEAD_LETTER
}
