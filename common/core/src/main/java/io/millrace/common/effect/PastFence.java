package io.millrace.common.effect;

import io.millrace.common.metrics.MetricNames;
import io.millrace.common.replay.Fence;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets the effects past the fence through, and counts the others. State: the fence that the job began with, because a
 * job that goes on from a savepoint may not have reached it yet.
 *
 * @param <T> the effects
 */
final class PastFence<T extends SideEffect> extends ProcessFunction<T, T> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private static final String REASON = "behind-fence";

    private final boolean goesOn;
    private final Fence given;
    private transient KeptFence kept;
    private transient Counter silent;

    /**
     * Stands at a fence.
     *
     * @param goesOn whether a restored job keeps the fence it began with, in place of this one
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first effect
    PastFence(Fence given, boolean goesOn) {
        this.given = given;
        this.goesOn = goesOn;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        kept = KeptFence.restore(context.getOperatorStateStore(), given, goesOn);
        silent = getRuntimeContext()
                .getMetricGroup()
                .addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.REASON, REASON)
                .counter(MetricNames.SKIPPED.name());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        kept.save(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    }

    @Override
    public void processElement(T effect, Context context, Collector<T> out) {
        if (effect.isBehind(kept.fence())) {
            silent.inc();
        } else {
            out.collect(effect);
        }
    }
}
