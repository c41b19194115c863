package io.millrace.analytics.experiment;

import io.millrace.analytics.window.TallyKind;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How experiments are counted. */
record ExperimentTallies() implements TallyKind<ExperimentTally> {

    private static final long serialVersionUID = 1L;

    @Override
    public ExperimentTally empty() {
        return new ExperimentTally();
    }

    @Override
    public TypeInformation<ExperimentTally> type() {
        return ExperimentTallySerializer.TYPE;
    }
}
