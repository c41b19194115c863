package io.millrace.analytics.window;

import java.util.function.BiConsumer;

/**
 * An event that counts for one key.
 *
 * @param <X> the event as it was read
 * @param <E> the event without its key
 */
public interface SingleKeying<X, E> extends Keying<X, E> {

    String key(X event);

    E event(X event);

    @Override
    default void spread(X event, BiConsumer<String, E> to) {
        to.accept(key(event), event(event));
    }
}
