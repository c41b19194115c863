package io.millrace.analytics.window;

import java.io.Serializable;
import java.util.function.BiConsumer;

/**
 * What an event counts for, and what of it is counted there.
 *
 * @param <X> the event as it was read
 * @param <E> the event without its key
 */
public interface Keying<X, E> extends Serializable {

    /** Tells each key that an event counts for, once: none, one, or several. */
    void spread(X event, BiConsumer<String, E> to);
}
