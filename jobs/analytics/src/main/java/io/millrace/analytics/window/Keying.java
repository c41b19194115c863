package io.millrace.analytics.window;

import java.io.Serializable;

/**
 * What an event counts for, and what of it is counted.
 *
 * @param <X> the event as it was read
 * @param <E> the event without its key
 */
public interface Keying<X, E> extends Serializable {

    String key(X event);

    E event(X event);
}
