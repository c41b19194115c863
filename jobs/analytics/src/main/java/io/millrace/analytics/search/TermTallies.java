package io.millrace.analytics.search;

import io.millrace.analytics.window.TallyKind;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How searches are counted. */
record TermTallies() implements TallyKind<TermTally> {

    private static final long serialVersionUID = 1L;

    @Override
    public TermTally empty() {
        return new TermTally();
    }

    @Override
    public TypeInformation<TermTally> type() {
        return TermTallySerializer.TYPE;
    }
}
