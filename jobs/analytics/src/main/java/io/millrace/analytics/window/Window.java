package io.millrace.analytics.window;

/**
 * A window of a key.
 *
 * @param start its first millisecond since 1970-01-01T00:00Z
 * @param end the first one behind it
 */
public record Window(String key, long start, long end) {}
