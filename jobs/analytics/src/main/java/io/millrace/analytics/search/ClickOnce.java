package io.millrace.analytics.search;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells once that a search is clicked through, which clicks that name it and clicks that do not may both say.
 *
 * <p>State, of each search that is: how many of the two do, as long as its window may be corrected.
 */
final class ClickOnce extends KeyedProcessFunction<String, TermHit, TermHit> {

    private static final long serialVersionUID = 1L;

    private final long kept;

    private transient ValueState<Integer> state;

    /** @param kept how long after a search something is told of it */
    @SuppressWarnings("NullAway.Init") // Flink calls open before the first hit
    ClickOnce(Duration kept) {
        this.kept = kept.toMillis();
    }

    /** Returns which search a hit tells of: the place of its record. */
    static String search(TermHit hit) {
        return hit.stamp().partition() + ":" + hit.stamp().offset();
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext().getState(new ValueStateDescriptor<>("saying", Types.INT));
    }

    @Override
    public void processElement(TermHit hit, Context context, Collector<TermHit> out) throws Exception {
        Integer known = state.value();
        int before = known == null ? 0 : known;
        int after = before + hit.hit().clicked();
        if ((before > 0) != (after > 0)) {
            out.collect(hit);
        }
        if (after == 0) {
            state.clear();
        } else {
            state.update(after);
            context.timerService().registerEventTimeTimer(hit.stamp().timestamp() + kept);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<TermHit> out) {
        state.clear();
    }
}
