package io.millrace.analytics.window;

import io.millrace.analytics.event.Stamped;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.ProducedRecordTypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Counts the events of a key in slices of time, and tells of each window what its slices have counted, when the watermark
 * has passed it. An event that comes later, while its slice still counts, corrects the windows that were told; what comes
 * later still is told to those who look for it. An event whose name is known is counted no more. A restart changes none
 * of that.
 *
 * <p>State, of each key: a tally for each slice that a window needs, and 24 bytes for each name that is remembered. Both
 * go by timers of event time, at most as long again after they are needed.
 *
 * @param <E> the events
 * @param <T> what is counted of them
 * @param <R> the results
 */
public final class SlicedWindow<E extends Stamped, T extends Tally<E, T>, R>
        extends KeyedProcessFunction<String, Bundle<E>, R> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    /** What came when its slice counted no more. */
    public static final OutputTag<ProducedRecord> LATE =
            new OutputTag<>("late-events", ProducedRecordTypeInfo.INSTANCE);

    private final Slicing slicing;
    private final TallyKind<T> kind;
    private final WindowForm<T, R> form;
    private final LateEvents late;
    private final int generation;
    private transient MapState<Long, T> slices;
    private transient KnownEvents known;
    private transient ReachedTime reached;
    private transient WindowMetrics metrics;

    /** Slices of the window that is looked at: most windows of users are not told, and need no sum. */
    private transient List<T> within;

    /** @param generation of the results' versions; one below that of a savepoint would be refused by every target */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first event
    public SlicedWindow(Slicing slicing, TallyKind<T> kind, WindowForm<T, R> form, LateEvents late, int generation) {
        this.slicing = slicing;
        this.kind = kind;
        this.form = form;
        this.late = late;
        this.generation = generation;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        KeyedStateStore keyed = context.getKeyedStateStore();
        slices = keyed.getMapState(new MapStateDescriptor<>("slices", Types.LONG, kind.type()));
        known = KnownEvents.of(keyed);
        within = new ArrayList<>();
        metrics = new WindowMetrics(getRuntimeContext().getMetricGroup(), late.result());
        Generations.require(generation, context.getOperatorStateStore());
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
        boolean isLate = slicing.hasEnded(slice, watermark);
        boolean isClosed = slicing.isClosed(slice, watermark);
        T tally = null;
        for (E event : bundle.events()) {
            if (known.has(event.stamp())) {
                metrics.duplicate();
            } else if (isClosed) {
                metrics.late();
                context.output(
                        LATE, late.of(bundle.key(), event.stamp(), slice, watermark + 1 - slice - slicing.slice()));
            } else {
                tally = tally == null ? tallyOf(slice, context.timerService()) : tally;
                tally.add(event, isLate);
                known.remember(event.stamp(), slice);
            }
        }
        if (tally != null) {
            slices.put(slice, tally);
            if (kind.isNotable(tally)) {
                schedule(slice, watermark, context.timerService());
            }
            correct(bundle, watermark, out);
        }
    }

    /** Returns what a slice has counted; one that has counted nothing will have to be cleaned up. */
    private T tallyOf(long slice, TimerService timers) throws Exception {
        T tally = slices.get(slice);
        if (tally != null) {
            return tally;
        }
        timers.registerEventTimeTimer(slicing.cleanUpFor(slice) - 1);
        return kind.empty();
    }

    /** One timer for the next window of each shape, which sees to the one after it. */
    private void schedule(long slice, long watermark, TimerService timers) {
        for (WindowShape shape : slicing.shapes()) {
            long end = shape.endFrom(Math.max(slice + slicing.slice(), watermark + 2));
            if (end <= slice + shape.size()) {
                timers.registerEventTimeTimer(end - 1);
            }
        }
    }

    private void correct(Bundle<E> bundle, long watermark, Collector<R> out) throws Exception {
        for (WindowShape shape : slicing.shapes()) {
            long last = Math.min(bundle.slice() + shape.size(), watermark + 1);
            for (long end = shape.endFrom(bundle.slice() + slicing.slice()); end <= last; end += shape.slide()) {
                metrics.corrected();
                tell(bundle.key(), shape, end, out);
            }
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<R> out) throws Exception {
        reached.by(context.timerService());
        long now = timestamp + 1;
        boolean told = false;
        for (WindowShape shape : slicing.shapes()) {
            if (shape.isEnd(now)) {
                Told window = tell(context.getCurrentKey(), shape, now, out);
                told |= window.told();
                if (window.next()) {
                    context.timerService().registerEventTimeTimer(now + shape.slide() - 1);
                }
            }
        }
        // a timer for nothing was set for a clean-up with other options, before a savepoint
        if (slicing.isCleanUp(now) || !told) {
            cleanUp(now, context.timerService());
        }
    }

    /**
     * What came of a window.
     *
     * @param told whether it had a result
     * @param next whether the next window may have one
     */
    private record Told(boolean told, boolean next) {}

    /** Tells a window's result, if there is one of note. */
    private Told tell(String key, WindowShape shape, long end, Collector<R> out) throws Exception {
        within.clear();
        boolean notable = false;
        boolean next = false;
        boolean before = false;
        for (Map.Entry<Long, T> slice : slices.entries()) {
            long age = end - slice.getKey();
            boolean isNotable = age > 0 && kind.isNotable(slice.getValue());
            if (age > 0 && age <= shape.size()) {
                within.add(slice.getValue());
                notable |= isNotable;
                next |= isNotable && age + shape.slide() <= shape.size();
            }
            before |= isNotable && age > shape.size() && age <= shape.size() + shape.slide();
        }
        boolean told = notable || (slicing.tellsEnd() && before);
        if (told) {
            out.collect(form.of(new Window(key, end - shape.size(), end), sum(within)));
        }
        return new Told(told, next || (slicing.tellsEnd() && notable));
    }

    private T sum(List<T> tallies) {
        if (tallies.size() == 1 && form.onlyReads()) {
            return tallies.get(0);
        }
        T sum = kind.empty();
        tallies.forEach(sum::merge);
        return sum;
    }

    private void cleanUp(long now, TimerService timers) throws Exception {
        long slice = KnownEvents.removeIf(slices, slices.keys().iterator(), start -> slicing.neededUntil(start) <= now);
        long name = known.forget(start -> slicing.knownUntil(start) <= now);
        long oldest = Math.min(slice, name);
        if (oldest != KnownEvents.NONE) {
            timers.registerEventTimeTimer(slicing.cleanUpFor(oldest) - 1);
        }
    }
}
