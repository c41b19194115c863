package io.millrace.analytics.experiment;

import io.millrace.common.effect.KeptFence;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Fence;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Makes rows of an experiment's hours; and tells, once for each time that this comes about, that its users are not split
 * as they should be, of all since the experiment began. What comes about in the history that a job begins with is told to
 * nobody, and so once more with the first hour after that, if it lasts.
 *
 * <p>State, of each experiment: a {@link Standing}, until nothing was heard of the experiment for the configured time.
 */
final class JudgeExperiments extends KeyedProcessFunction<String, ExperimentResult, RowChange>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    static final String UID = "analytics.judge-experiments";

    static final OutputTag<MismatchAlert> ALERTS = new OutputTag<>("mismatches", MismatchAlertSerializer.TYPE);

    private final ExperimentsTable table;
    private final Split split;
    private final Mismatch mismatch;
    private final long remembered;
    private final String source;
    private final Fence history;

    private transient KeptFence kept;
    private transient ValueState<Standing> state;

    /**
     * Makes the function.
     *
     * @param remembered for how long a silent experiment is known
     * @param source the topic of the events
     * @param history behind it nobody was told of anything
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first result
    JudgeExperiments(
            ExperimentsTable table, Split split, Mismatch mismatch, Duration remembered, String source, Fence history) {
        this.table = table;
        this.split = split;
        this.mismatch = mismatch;
        this.remembered = remembered.toMillis();
        this.source = source;
        this.history = history;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("standing", StandingSerializer.TYPE));
        kept = KeptFence.restore(context.getOperatorStateStore(), history, true);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        kept.save(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
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
        boolean isTold = standing.isMismatch();
        if (isMismatch && !isTold) {
            MismatchAlert alert = alert(result, standing, pValue);
            context.output(ALERTS, alert);
            isTold = !alert.isBehind(kept.fence());
        }
        standing.setMismatch(isMismatch && isTold);
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
