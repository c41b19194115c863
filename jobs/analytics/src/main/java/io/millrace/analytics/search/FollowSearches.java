package io.millrace.analytics.search;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Bundle;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Passes searches on, and tells of each whether a click followed; and the opposite, if a search that is read later turns out
 * to be the one that was clicked through. In whatever order they are read, that comes to the same.
 *
 * <p>State: searches and clicks that belong together, each as long as its window may be corrected.
 */
final class FollowSearches extends KeyedProcessFunction<String, Bundle<Interaction>, TermHit> {

    private static final long serialVersionUID = 1L;

    private final long within;
    private final long kept;
    private transient ValueState<Trail> state;

    /**
     * Makes the function.
     *
     * @param within how long after a search a click follows from it
     * @param kept how long a search or click is remembered: until no window takes what is told of it, so that one that is
     *     repeated till then is known
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open before the first event
    FollowSearches(Duration within, Duration kept) {
        this.within = within.toMillis();
        this.kept = kept.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext().getState(new ValueStateDescriptor<>("trail", TrailSerializer.TYPE));
    }

    @Override
    public void processElement(Bundle<Interaction> bundle, Context context, Collector<TermHit> out) throws Exception {
        Trail before = state.value();
        Trail trail = before == null ? new Trail() : before;
        for (Interaction interaction : bundle.events()) {
            if (!trail.knows(interaction.stamp())) {
                add(interaction, trail, out);
                context.timerService().registerEventTimeTimer(endOf(interaction));
            }
        }
        for (Trail.Change change : trail.follow(within)) {
            out.collect(hit(change));
        }
        if (!trail.isEmpty()) {
            state.update(trail);
        }
    }

    private static void add(Interaction interaction, Trail trail, Collector<TermHit> out) {
        String term = interaction.term();
        if (term == null) {
            trail.addClick(interaction.stamp());
        } else {
            trail.addSearch(interaction.stamp(), term, interaction.user());
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
