package io.millrace.analytics.model;

import io.millrace.analytics.window.TallyKind;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How what users do is counted. */
public record ActivityTallies() implements TallyKind<ActivityTally> {

    private static final long serialVersionUID = 1L;

    @Override
    public ActivityTally empty() {
        return new ActivityTally();
    }

    @Override
    public TypeInformation<ActivityTally> type() {
        return ActivityTallySerializer.TYPE;
    }
}
