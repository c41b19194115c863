package io.millrace.analytics.search;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.ReachedTime;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowMetrics;
import java.time.Duration;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Passes searches on, and tells of each whether a click followed; and the opposite, if a search that is read later turns out
 * to be the one that was clicked through. In whatever order they are read, that comes to the same. Whatever is too late for
 * the window that it would change is told to those who look for it, and changes nothing.
 *
 * <p>State: searches and clicks that belong together, each as long as its window may be corrected.
 */
final class FollowSearches extends KeyedProcessFunction<String, Bundle<Interaction>, TermHit>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    /** That a search is clicked through by one of these clicks, or is not after all. */
    static final OutputTag<TermHit> CLICKED = new OutputTag<>("clicked", TermHitSerializer.TYPE);

    private final long within;
    private final long kept;
    private final Slicing slicing;
    private final LateEvents late;

    private transient ValueState<Trail> state;
    private transient ReachedTime reached;
    private transient WindowMetrics metrics;

    /**
     * Makes the function.
     *
     * @param within how long after a search a click follows from it
     * @param kept how long a search or click is remembered: until no window takes what is told of it, so that one that is
     *     repeated till then is known
     * @param slicing of the windows that searches are counted in
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first event
    FollowSearches(Duration within, Duration kept, Slicing slicing, LateEvents late) {
        this.within = within.toMillis();
        this.kept = kept.toMillis();
        this.slicing = slicing;
        this.late = late;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("trail", TrailSerializer.TYPE));
        metrics = new WindowMetrics(getRuntimeContext().getMetricGroup(), late.result());
        reached = ReachedTime.restore(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        reached.save();
    }

    @Override
    public void processElement(Bundle<Interaction> bundle, Context context, Collector<TermHit> out) throws Exception {
        long watermark = reached.by(context.timerService());
        Trail before = state.value();
        Trail trail = before == null ? new Trail() : before;
        Interaction last = null;
        for (Interaction interaction : bundle.events()) {
            if (trail.knows(interaction.stamp())) {
                countDuplicate(interaction);
            } else if (slicing.isClosed(bundle.slice(), watermark)) {
                tellLate(interaction, bundle.slice(), named(interaction.term(), bundle.key()), context);
            } else {
                add(interaction, trail, out);
                context.timerService().registerEventTimeTimer(endOf(interaction));
                last = interaction;
            }
        }
        if (last != null) {
            for (Trail.Change change : trail.follow(within)) {
                long slice = slicing.sliceOf(change.stamp().timestamp());
                if (slicing.isClosed(slice, watermark)) {
                    tellLate(last, slice, change.search().term(), context);
                } else {
                    context.output(CLICKED, hit(change));
                }
            }
            state.update(trail);
        }
    }

    private void countDuplicate(Interaction interaction) {
        if (interaction.counts()) {
            metrics.duplicate();
        }
    }

    /** A search that is counted elsewhere is told elsewhere. */
    private void tellLate(Interaction interaction, long slice, String key, Context context) {
        if (interaction.counts()) {
            metrics.late();
            long behind = reached.by(context.timerService()) + 1 - slice - slicing.slice();
            context.output(SlicedWindow.LATE, late.of(key, interaction.stamp(), slice, behind));
        }
    }

    private static String named(@Nullable String term, String key) {
        return term == null ? key : term;
    }

    private static void add(Interaction interaction, Trail trail, Collector<TermHit> out) {
        String term = interaction.term();
        if (term == null) {
            trail.addClick(interaction.stamp());
            return;
        }
        trail.addSearch(interaction.stamp(), term, interaction.user());
        if (interaction.counts()) {
            int empty = interaction.found() ? 0 : 1;
            out.collect(new TermHit(term, new Hit(interaction.stamp(), interaction.user(), 1, empty, 0)));
        }
    }

    private static TermHit hit(Trail.Change change) {
        Stamp search = change.stamp();
        Stamp nameless = new Stamp(search.partition(), search.offset(), search.timestamp(), null);
        int clicked = change.search().clicked() ? 1 : -1;
        return new TermHit(
                change.search().term(), new Hit(nameless, change.search().user(), 0, 0, clicked));
    }

    private long endOf(Interaction interaction) {
        return interaction.stamp().timestamp() + kept;
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<TermHit> out) throws Exception {
        reached.by(context.timerService());
        Trail trail = state.value();
        if (trail == null) {
            return;
        }
        trail.forget(timestamp - kept + 1);
        if (trail.isEmpty()) {
            state.clear();
        } else {
            state.update(trail);
        }
    }
}
