package io.millrace.analytics.model;

import io.millrace.analytics.window.TallyKind;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How answers to requests are counted. */
public record LatencyTallies() implements TallyKind<LatencyTally> {

    private static final long serialVersionUID = 1L;

    @Override
    public LatencyTally empty() {
        return new LatencyTally();
    }

    @Override
    public TypeInformation<LatencyTally> type() {
        return LatencyTallySerializer.TYPE;
    }
}
