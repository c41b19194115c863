package io.millrace.analytics.live;

import io.millrace.analytics.window.Generations;
import io.millrace.analytics.window.ReachedTime;
import io.millrace.common.event.RowChange;
import java.time.Duration;
import java.time.ZoneId;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds up a counter, and shows each second of the machine's clock what it has come to in the minute, the hour and the day
 * that it is by the time of the events: they stand still with them.
 *
 * <p>State, of each counter: a total for each period that is not over. It goes with the first second of a day that has no
 * event, which is shown as nothing.
 */
final class ShowCounters extends KeyedProcessFunction<String, Addition, RowChange> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private static final long SECOND = 1_000;

    private final LiveTable table;
    private final ZoneId zone;
    private final long disorder;
    private transient ValueState<LiveTally> state;
    private transient ReachedTime reached;

    /** @param disorder how far the watermark is behind the events */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first event
    ShowCounters(LiveTable table, Duration disorder) {
        this.table = table;
        this.zone = table.zone();
        this.disorder = disorder.toMillis();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("periods", LiveTallySerializer.TYPE));
        Generations.require(table.generation(), context.getOperatorStateStore());
        reached = ReachedTime.restore(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        reached.save();
    }

    @Override
    public void processElement(Addition addition, Context context, Collector<RowChange> out) throws Exception {
        LiveTally before = state.value();
        LiveTally tally = before == null ? new LiveTally() : before;
        tally.add(addition, zone);
        reached.by(context.timerService());
        state.update(tally);
        again(context.timerService());
    }

    private static void again(TimerService timers) {
        timers.registerProcessingTimeTimer((timers.currentProcessingTime() / SECOND + 1) * SECOND);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RowChange> out) throws Exception {
        LiveTally tally = state.value();
        if (tally == null) {
            return;
        }
        long watermark = reached.by(context.timerService());
        if (watermark > Long.MIN_VALUE && watermark < Long.MAX_VALUE) {
            long now = watermark + 1 + disorder;
            tally.forgetBefore(now, zone);
            out.collect(table.row(Counter.ofKey(context.getCurrentKey()), tally, now));
        }
        if (tally.isEmpty()) {
            state.clear();
        } else {
            state.update(tally);
            again(context.timerService());
        }
    }
}
