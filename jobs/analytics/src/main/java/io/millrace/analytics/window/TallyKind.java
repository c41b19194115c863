package io.millrace.analytics.window;

import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How the events of a result are counted.
 *
 * @param <T> the tally
 */
public interface TallyKind<T> extends Serializable {

    /** Returns a tally of nothing. */
    T empty();

    TypeInformation<T> type();

    /**
     * Tells whether the windows that a slice is in have to be told. Nothing is computed of a window without such a slice,
     * unless the window before it had one.
     */
    default boolean isNotable(T slice) {
        return true;
    }
}
