package io.millrace.analytics.window;

import java.util.List;

/**
 * Some events of one key in one slice, in the order in which they were read.
 *
 * @param slice its beginning, in epoch milliseconds
 * @param events never written to once the bundle is made
 * @param <E> the events, without the key
 */
public record Bundle<E>(String key, long slice, List<E> events) {}
