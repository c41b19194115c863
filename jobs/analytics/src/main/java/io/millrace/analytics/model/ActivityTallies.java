package io.millrace.analytics.model;

import io.millrace.analytics.window.TallyKind;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How what users do is counted. Most users are in no window of note, and cost no timer and no sum then.
 *
 * @param purchasesAbove a window with more purchases than this is told
 * @param clicksAbove one with more clicks is told, too
 * @param slices of which a window is made: if it has more, one of them has more than its share
 */
public record ActivityTallies(long purchasesAbove, long clicksAbove, long slices) implements TallyKind<ActivityTally> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean isNotable(ActivityTally slice) {
        return slice.purchases() > purchasesAbove / slices || slice.clicks() > clicksAbove / slices;
    }

    @Override
    public ActivityTally empty() {
        return new ActivityTally();
    }

    @Override
    public TypeInformation<ActivityTally> type() {
        return ActivityTallySerializer.TYPE;
    }
}
