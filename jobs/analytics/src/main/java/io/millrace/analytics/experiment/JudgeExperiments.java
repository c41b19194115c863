package io.millrace.analytics.experiment;

import io.millrace.common.event.RowChange;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Makes rows of an experiment's hours; and tells, once for each time that this comes about, that its users are not split
 * as they should be, of all since the experiment began.
 *
 * <p>State, of each experiment: a {@link Standing}, until nothing was heard of the experiment for the configured time.
 */
final class JudgeExperiments extends KeyedProcessFunction<String, ExperimentResult, RowChange> {

    private static final long serialVersionUID = 1L;

    static final String UID = "analytics.judge-experiments";

    static final OutputTag<MismatchAlert> ALERTS = new OutputTag<>("mismatches", MismatchAlertSerializer.TYPE);

    private final ExperimentsTable table;
    private final Split split;
    private final Mismatch mismatch;
    private final long remembered;
    private final String source;

    private transient ValueState<Standing> state;

    /**
     * Makes the function.
     *
     * @param remembered for how long a silent experiment is known
     * @param source the topic of the events
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open before the first result
    JudgeExperiments(ExperimentsTable table, Split split, Mismatch mismatch, Duration remembered, String source) {
        this.table = table;
        this.split = split;
        this.mismatch = mismatch;
        this.remembered = remembered.toMillis();
        this.source = source;
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext().getState(new ValueStateDescriptor<>("standing", StandingSerializer.TYPE));
    }

    @Override
    public void processElement(ExperimentResult result, Context context, Collector<RowChange> out) throws Exception {
        Standing before = state.value();
        Standing standing = before == null ? new Standing() : before;
        standing.take(result.window().start(), result.variants());
        table.rows(result, standing.users().keySet()).forEach(out::collect);
        if (mismatch.canTell(standing.users())) {
            judge(result, standing, context);
        }
        state.update(standing);
        context.timerService().registerEventTimeTimer(result.window().end() + remembered);
    }

    private void judge(ExperimentResult result, Standing standing, Context context) {
        double pValue = Mismatch.pValue(result.experiment(), standing.users(), split);
        boolean isMismatch = pValue < mismatch.below();
        if (isMismatch && !standing.isMismatch()) {
            context.output(ALERTS, alert(result, standing, pValue));
        }
        standing.setMismatch(isMismatch);
    }

    private MismatchAlert alert(ExperimentResult result, Standing standing, double pValue) {
        String experiment = result.experiment();
        SortedMap<String, Long> users = standing.users();
        double all = users.values().stream().mapToLong(Long::longValue).sum();
        double weights = 0;
        for (String variant : split.variants(experiment, users.keySet())) {
            weights += split.weight(experiment, variant);
        }
        SortedMap<String, MismatchAlert.Share> shares = new TreeMap<>();
        for (String variant : split.variants(experiment, users.keySet())) {
            shares.put(
                    variant,
                    new MismatchAlert.Share(
                            users.getOrDefault(variant, 0L), all * split.weight(experiment, variant) / weights));
        }
        return new MismatchAlert(
                experiment, source, result.latest(), result.window().end(), pValue, shares);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RowChange> out) throws Exception {
        Standing standing = state.value();
        if (standing != null && standing.lastHour() + remembered < timestamp) {
            state.clear();
        }
    }
}
