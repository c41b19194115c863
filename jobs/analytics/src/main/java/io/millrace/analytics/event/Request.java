package io.millrace.analytics.event;

/**
 * A request that was answered, without what it asked for.
 *
 * @param micros how long that took
 * @param failed whether the answer was an error
 */
public record Request(Stamp stamp, long micros, boolean failed) implements Stamped {}
