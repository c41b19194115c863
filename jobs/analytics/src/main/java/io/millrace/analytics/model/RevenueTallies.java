package io.millrace.analytics.model;

import io.millrace.analytics.window.TallyKind;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How revenue is counted. */
public record RevenueTallies() implements TallyKind<RevenueTally> {

    private static final long serialVersionUID = 1L;

    @Override
    public RevenueTally empty() {
        return new RevenueTally();
    }

    @Override
    public TypeInformation<RevenueTally> type() {
        return RevenueTallySerializer.TYPE;
    }
}
