package io.millrace.analytics.window;

import io.millrace.analytics.event.Stamped;
import io.millrace.common.event.ProducedRecord;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Counts what is new in each bundle, and passes it on at once: not the result of a window, but what is added to it. An
 * event whose name is known is not counted again, and one that is so old that its name may have been forgotten is too
 * late.
 *
 * <p>State, of each key: 24 bytes for each name that is remembered, which go by timers of event time.
 *
 * @param <E> the events
 * @param <T> what is counted of them
 * @param <R> what is passed on
 */
public final class CountOnce<E extends Stamped, T extends Tally<E, T>, R>
        extends KeyedProcessFunction<String, Bundle<E>, R> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final Slicing slicing;
    private final SerializableSupplier<T> empty;
    private final WindowForm<T, R> form;
    private final LateEvents late;
    private transient KnownEvents known;
    private transient ReachedTime reached;
    private transient WindowMetrics metrics;

    /** @param slicing whose lateness is its horizon */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first event
    public CountOnce(Slicing slicing, SerializableSupplier<T> empty, WindowForm<T, R> form, LateEvents late) {
        this.slicing = slicing;
        this.empty = empty;
        this.form = form;
        this.late = late;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        known = KnownEvents.of(context.getKeyedStateStore());
        metrics = new WindowMetrics(getRuntimeContext().getMetricGroup(), late.result());
        reached = ReachedTime.restore(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        reached.save();
    }

    @Override
    public void processElement(Bundle<E> bundle, Context context, Collector<R> out) throws Exception {
        long slice = bundle.slice();
        long watermark = reached.by(context.timerService());
        T tally = empty.get();
        for (E event : bundle.events()) {
            if (known.has(event.stamp())) {
                metrics.duplicate();
            } else if (slicing.isClosed(slice, watermark)) {
                metrics.late();
                context.output(SlicedWindow.LATE, tooLate(bundle, event, watermark));
            } else {
                tally.add(event, slicing.hasEnded(slice, watermark));
                known.remember(event.stamp(), slice);
            }
        }
        if (tally.events() > 0) {
            context.timerService().registerEventTimeTimer(slicing.cleanUpFor(slice) - 1);
            out.collect(form.of(new Window(bundle.key(), slice, slice + slicing.slice()), tally));
        }
    }

    private ProducedRecord tooLate(Bundle<E> bundle, E event, long watermark) {
        long behind = watermark + 1 - bundle.slice() - slicing.slice();
        return late.of(bundle.key(), event.stamp(), bundle.slice(), behind);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<R> out) throws Exception {
        TimerService timers = context.timerService();
        reached.by(timers);
        long oldest = known.forget(start -> slicing.knownUntil(start) <= timestamp + 1);
        if (oldest != KnownEvents.NONE) {
            timers.registerEventTimeTimer(slicing.cleanUpFor(oldest) - 1);
        }
    }
}
