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
}
