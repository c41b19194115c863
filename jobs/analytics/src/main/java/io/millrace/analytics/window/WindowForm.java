package io.millrace.analytics.window;

import java.io.Serializable;

/**
 * Makes the result of a window.
 *
 * @param <T> the tally
 * @param <R> the result
 */
public interface WindowForm<T, R> extends Serializable {

    /**
     * Returns the result; the tally is the result's own unless it {@link #onlyReads}, and may be of nothing if the window
     * tells a key's end.
     */
    R of(Window window, T tally);

    /** Tells whether nothing keeps or changes a tally that a result was made of: the state's own may be shown to it then. */
    default boolean onlyReads() {
        return false;
    }
}
