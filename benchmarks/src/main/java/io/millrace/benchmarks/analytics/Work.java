package io.millrace.benchmarks.analytics;

/**
 * What a contender has to do.
 *
 * @param events of the topic
 */
record Work(String topic, long events, ResultTarget target) {

    /** Returns the same with another look at what comes of it. */
    Work into(ResultTarget other) {
        return new Work(topic, events, other);
    }
}
