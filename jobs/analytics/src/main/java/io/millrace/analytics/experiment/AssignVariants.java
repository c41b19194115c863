package io.millrace.analytics.experiment;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.KnownEvents;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.ReachedTime;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Finds which variant a user is of, and what that user's hours add to it: the first one that was shown, and purchases from
 * then on. Whatever the order in which events are read, the changes that are told add up to the same.
 *
 * <p>State, of each user: a {@link Journey}, and names of events. Hours are settled once they count no more, and a part
 * in an experiment is forgotten with the configured time after its last hour; all by timers of event time.
 */
final class AssignVariants extends KeyedProcessFunction<String, Bundle<UserStep>, ExperimentNews>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final Slicing slicing;
    private final long remembered;
    private final LateEvents late;

    private transient ValueState<Journey> state;
    private transient KnownEvents known;
    private transient ReachedTime reached;
    private transient WindowMetrics metrics;

    /**
     * Makes the function.
     *
     * @param slicing into hours
     * @param remembered for how long after it was last shown to a user an experiment is known
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first event
    AssignVariants(Slicing slicing, Duration remembered, LateEvents late) {
        this.slicing = slicing;
        this.remembered = remembered.toMillis();
        this.late = late;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("journey", JourneySerializer.TYPE));
        known = KnownEvents.of(context.getKeyedStateStore());
        metrics = new WindowMetrics(getRuntimeContext().getMetricGroup(), late.result());
        reached = ReachedTime.restore(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        reached.save();
    }

    @Override
    public void processElement(Bundle<UserStep> bundle, Context context, Collector<ExperimentNews> out)
            throws Exception {
        long hour = bundle.slice();
        long watermark = reached.by(context.timerService());
        Journey before = state.value();
        Journey journey = before == null ? new Journey() : before;
        SortedMap<Long, Map<String, Variants>> told = journey.counts(remembered);
        Stamp last = null;
        for (UserStep step : bundle.events()) {
            if (known.has(step.stamp())) {
                metrics.duplicate();
            } else if (slicing.isClosed(hour, watermark)) {
                metrics.late();
                context.output(
                        SlicedWindow.LATE,
                        late.of(bundle.key(), step.stamp(), hour, watermark + 1 - hour - slicing.slice()));
            } else {
                journey.add(hour, step);
                known.remember(step.stamp(), hour);
                last = later(last, step.stamp());
            }
        }
        if (last != null) {
            tell(told, journey, new Cause(hour, last, slicing.hasEnded(hour, watermark)), out);
            state.update(journey);
            context.timerService().registerEventTimeTimer(hour + open() - 1);
            context.timerService().registerEventTimeTimer(slicing.cleanUpFor(hour) - 1);
        }
    }

    private static Stamp later(@Nullable Stamp one, Stamp other) {
        return one != null && Moment.of(one).compareTo(Moment.of(other)) > 0 ? one : other;
    }

    /** What changes follow from. */
    private record Cause(long hour, Stamp last, boolean isLate) {

        private ExperimentHit hit(long changed, Variants change) {
            long time = changed == hour ? last.timestamp() : changed;
            Stamp nameless = new Stamp(last.partition(), last.offset(), time, null);
            return new ExperimentHit(nameless, change, changed == hour && isLate ? change.events() : 0);
        }
    }

    /** An event may change later hours, too: not those that have ended, for its own counts less than an hour longer. */
    private void tell(
            SortedMap<Long, Map<String, Variants>> told, Journey journey, Cause cause, Collector<ExperimentNews> out) {
        journey.counts(remembered)
                .forEach((hour, experiments) -> experiments.forEach((experiment, variants) -> {
                    Variants before = told.getOrDefault(hour, Map.of()).getOrDefault(experiment, Variants.NONE);
                    Variants change = variants.minus(before);
                    if (!change.isNothing()) {
                        out.collect(new ExperimentNews(experiment, cause.hit(hour, change)));
                    }
                }));
    }

    /** Returns how long after its beginning an hour counts. */
    private long open() {
        return slicing.slice() + slicing.lateness();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<ExperimentNews> out) throws Exception {
        TimerService timers = context.timerService();
        reached.by(timers);
        long now = timestamp + 1;
        long name = known.forget(start -> slicing.knownUntil(start) <= now);
        if (name != KnownEvents.NONE) {
            timers.registerEventTimeTimer(slicing.cleanUpFor(name) - 1);
        }
        Journey journey = state.value();
        if (journey != null) {
            cleanUp(journey, now, timers);
        }
    }

    private void cleanUp(Journey journey, long now, TimerService timers) throws Exception {
        long closed = now - open() + 1;
        journey.settle(closed, remembered);
        journey.forget(closed - remembered);
        if (journey.cleanUp() <= now) {
            journey.cleanUpAt(Journey.NEVER);
        }
        if (journey.cleanUp() == Journey.NEVER && journey.oldest() != Journey.NEVER) {
            journey.cleanUpAt(journey.oldest() + remembered + open());
            timers.registerEventTimeTimer(journey.cleanUp() - 1);
        }
        if (journey.isEmpty()) {
            state.clear();
        } else {
            state.update(journey);
        }
    }
}
