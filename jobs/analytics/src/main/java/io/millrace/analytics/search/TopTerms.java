package io.millrace.analytics.search;

import io.millrace.analytics.window.LostAttempt;
import io.millrace.analytics.window.ReachedTime;
import io.millrace.common.event.RowChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
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

/**
 * Shows the terms of a window that were searched for most, those of the same number by the alphabet. A correction shows
 * what has changed, and takes back in the same emission what is no longer among them. An attempt that failed may have shown
 * other terms in between: of a window that it may have reached, all are shown or taken back once more in the end.
 *
 * <p>State, of each window: the terms, and which are shown, until nothing can change any more.
 */
final class TopTerms extends KeyedProcessFunction<Long, TermResult, RowChange> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private static final Comparator<TermResult> BEST_FIRST =
            Comparator.comparingLong(TermResult::searches).reversed().thenComparing(TermResult::term);

    private final int most;
    private final long size;
    private final long open;
    private final SearchTermsTable table;
    private transient MapState<String, TermResult> terms;
    private transient MapState<String, TermResult> shown;
    private transient ReachedTime reached;
    private transient LostAttempt lost;

    /**
     * Makes the function.
     *
     * @param most terms that are shown
     * @param size of a window, in milliseconds
     * @param open how long after its end a window is corrected, in milliseconds
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first result
    TopTerms(int most, long size, long open, SearchTermsTable table) {
        this.most = most;
        this.size = size;
        this.open = open;
        this.table = table;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        KeyedStateStore keyed = context.getKeyedStateStore();
        terms = keyed.getMapState(new MapStateDescriptor<>("terms", Types.STRING, TermResultSerializer.TYPE));
        shown = keyed.getMapState(new MapStateDescriptor<>("shown", Types.STRING, TermResultSerializer.TYPE));
        reached = ReachedTime.restore(context.getOperatorStateStore());
        lost = LostAttempt.restore(context);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        reached.save();
        lost.save();
    }

    /** All of a window come before the watermark that ends it; corrections are shown with the next one. */
    @Override
    public void processElement(TermResult result, Context context, Collector<RowChange> out) throws Exception {
        terms.put(result.term(), result);
        TimerService timers = context.timerService();
        long end = result.start() + size;
        long next = Math.max(end - 1, reached.by(timers) + 1);
        timers.registerEventTimeTimer(Math.min(next, end + open - 1));
        timers.registerEventTimeTimer(end + open);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RowChange> out) throws Exception {
        reached.by(context.timerService());
        lost.by(context.timerService());
        long end = context.getCurrentKey() + size;
        boolean isLast = timestamp >= end + open;
        if (isLast && lost.mayHaveReached(end)) {
            for (TermResult result : terms.values()) {
                shown.put(result.term(), result.unknown());
            }
        }
        show(out);
        if (isLast) {
            terms.clear();
            shown.clear();
        }
    }

    private void show(Collector<RowChange> out) throws Exception {
        PriorityQueue<TermResult> best = new PriorityQueue<>(BEST_FIRST.reversed());
        long events = 0;
        for (TermResult result : terms.values()) {
            events += result.events();
            best.add(result);
            if (best.size() > most) {
                best.poll();
            }
        }
        Set<String> names = new HashSet<>();
        for (TermResult result : best) {
            names.add(result.term());
            if (!result.equals(shown.get(result.term()))) {
                shown.put(result.term(), result);
                out.collect(table.row(result, events));
            }
        }
        takeBack(names, events, out);
    }

    private void takeBack(Set<String> names, long events, Collector<RowChange> out) throws Exception {
        List<TermResult> gone = new ArrayList<>();
        for (Map.Entry<String, TermResult> before : shown.entries()) {
            if (!names.contains(before.getKey())) {
                gone.add(before.getValue());
            }
        }
        for (TermResult result : gone) {
            shown.remove(result.term());
            out.collect(table.gone(result, events));
        }
    }
}
