package io.millrace.common.effect;

import io.millrace.common.metrics.MetricNames;
import io.millrace.common.replay.Fence;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
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
    private Fence fence;
    private transient ListState<String> saved;
    private transient Counter silent;

    /**
     * Stands at a fence.
     *
     * @param goesOn whether a restored job keeps the fence it began with, in place of this one
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first effect
    PastFence(Fence fence, boolean goesOn) {
        this.fence = fence;
        this.goesOn = goesOn;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        saved = context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("fence", Types.STRING));
        if (goesOn) {
            for (String before : saved.get()) {
                fence = Fence.parse(before);
            }
        }
        silent = getRuntimeContext()
                .getMetricGroup()
                .addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.REASON, REASON)
                .counter(MetricNames.SKIPPED.name());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        saved.update(first ? List.of(fence.toString()) : List.of());
    }

    @Override
    public void processElement(T effect, Context context, Collector<T> out) {
        if (effect.isBehind(fence)) {
            silent.inc();
        } else {
            out.collect(effect);
        }
    }
}
