package io.millrace.analytics.session;

import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.Generations;
import io.millrace.analytics.window.KnownEvents;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.LostAttempt;
import io.millrace.analytics.window.ReachedTime;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowMetrics;
import io.millrace.common.event.RowChange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
 * Puts steps together that have no gap between them, and shows a session once it has ended. A step that comes late changes
 * the session's row; one that joins two sessions makes one of them, and takes the other's row back in the same emission.
 * In whatever order steps are read, they come to the same sessions. An attempt that failed may have shown sessions that begin
 * with steps in the midst of what is one session now: of the time that it may have reached, all of these are taken back, too.
 * A session that goes on and on is shown in between as it stands: its beginning is settled by then.
 *
 * <p>State, of each id: its sessions, as long as a step may still join them, and names of events. Both go by timers.
 */
final class FindSessions extends KeyedProcessFunction<String, Bundle<Step>, RowChange> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final Slicing slicing;
    private final long gap;
    private final long showAfter;
    private final SessionsTable table;
    private final LateEvents lateViews;
    private final LateEvents lateActions;
    private transient MapState<Long, Session> sessions;
    /** Beginnings that are in the midst of a session now, and of which such an attempt may have written a row. */
    private transient MapState<Long, Boolean> inside;

    /** How often sessions that go on were shown, by their beginning. */
    private transient MapState<Long, Long> goingOn;

    private transient KnownEvents known;
    private transient ReachedTime reached;
    private transient WindowMetrics metrics;
    private transient LostAttempt lost;

    /**
     * Makes the function.
     *
     * @param slicing whose lateness and horizon hold from the end of a step's gap on
     * @param options their gap, and when one that goes on is shown
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first step
    FindSessions(
            Slicing slicing,
            SessionOptions options,
            SessionsTable table,
            LateEvents lateViews,
            LateEvents lateActions) {
        this.slicing = slicing;
        this.gap = options.gap().toMillis();
        this.showAfter = options.showAfter().toMillis();
        this.table = table;
        this.lateViews = lateViews;
        this.lateActions = lateActions;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        KeyedStateStore keyed = context.getKeyedStateStore();
        sessions = keyed.getMapState(new MapStateDescriptor<>("sessions", Types.LONG, SessionSerializer.TYPE));
        inside = keyed.getMapState(new MapStateDescriptor<>("inside", Types.LONG, Types.BOOLEAN));
        goingOn = keyed.getMapState(new MapStateDescriptor<>("going-on", Types.LONG, Types.LONG));
        lost = LostAttempt.restore(context);
        known = KnownEvents.of(keyed);
        metrics = new WindowMetrics(getRuntimeContext().getMetricGroup(), lateViews.result());
        Generations.require(table.generation(), context.getOperatorStateStore());
        reached = ReachedTime.restore(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        reached.save();
        lost.save();
    }

    @Override
    public void processElement(Bundle<Step> bundle, Context context, Collector<RowChange> out) throws Exception {
        long watermark = reached.by(context.timerService());
        lost.by(context.timerService());
        for (Step step : bundle.events()) {
            long end = step.stamp().timestamp() + gap;
            if (known.has(step.stamp())) {
                metrics.duplicate();
            } else if (end + slicing.lateness() - 1 <= watermark) {
                metrics.late();
                context.output(
                        SlicedWindow.LATE,
                        (step.page().isEmpty() ? lateActions : lateViews)
                                .of(bundle.key(), step.stamp(), bundle.slice(), watermark + 1 - end));
            } else {
                add(Session.of(step, end - 1 <= watermark), watermark, context, out);
                known.remember(step.stamp(), bundle.slice());
                context.timerService().registerEventTimeTimer(end - 1);
                context.timerService().registerEventTimeTimer(slicing.cleanUpFor(bundle.slice()) - 1);
            }
        }
    }

    private void add(Session step, long watermark, Context context, Collector<RowChange> out) throws Exception {
        Session joined = step;
        List<Session> taken = new ArrayList<>();
        for (Iterator<Session> all = sessions.values().iterator(); all.hasNext(); ) {
            Session session = all.next();
            if (session.isNear(step, gap)) {
                joined = joined.with(session);
                taken.add(session);
                all.remove();
            }
        }
        for (Session part : taken) {
            noteInside(part.start(), joined);
        }
        noteInside(step.start(), joined);
        String id = context.getCurrentKey();
        boolean wasShown = taken.stream().anyMatch(Session::shown);
        for (Session session : taken) {
            if (session.shown() && session.start() != joined.start()) {
                out.collect(table.gone(id, session.start(), joined));
            }
        }
        if (wasShown || joined.end() + gap - 1 <= watermark) {
            metrics.corrected();
            show(id, joined, out);
            joined = joined.asShown();
        }
        sessions.put(joined.start(), joined);
    }

    private void noteInside(long start, Session joined) throws Exception {
        if (start != joined.start() && lost.mayHaveReached(start + gap)) {
            inside.put(start, true);
        }
    }

    private void show(String id, Session session, Collector<RowChange> out) throws Exception {
        for (long start : inside.keys()) {
            if (session.start() < start && start <= session.end()) {
                out.collect(table.gone(id, start, session));
            }
        }
        out.collect(table.row(id, session));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RowChange> out) throws Exception {
        TimerService timers = context.timerService();
        reached.by(timers);
        List<Session> ended = new ArrayList<>();
        for (Session session : sessions.values()) {
            if (!session.shown() && session.end() + gap - 1 <= timestamp) {
                ended.add(session);
            } else if (!session.shown() && isToBeShown(session, timestamp + 1)) {
                show(context.getCurrentKey(), session, out);
            }
        }
        for (Session session : ended) {
            show(context.getCurrentKey(), session, out);
            sessions.put(session.start(), session.asShown());
            goingOn.remove(session.start());
        }
        cleanUp(timestamp + 1, timers);
    }

    /** Each step's gap ends with a timer, so that one that goes on is looked at again and again. */
    private boolean isToBeShown(Session session, long now) throws Exception {
        long times = (now - session.start()) / showAfter;
        if (times < 1) {
            return false;
        }
        Long before = goingOn.get(session.start());
        if (before != null && before >= times) {
            return false;
        }
        goingOn.put(session.start(), times);
        return true;
    }

    /** A step that is not too late ends a gap later at the earliest, and joins what ended a gap before it. */
    private void cleanUp(long now, TimerService timers) throws Exception {
        long next = Long.MAX_VALUE;
        for (Iterator<Session> all = sessions.values().iterator(); all.hasNext(); ) {
            Session session = all.next();
            long last = session.end() + 2 * gap + slicing.lateness();
            if (session.shown() && last <= now) {
                all.remove();
            } else {
                next = Math.min(next, last);
            }
        }
        long name = known.forget(start -> slicing.knownUntil(start) <= now);
        if (next == Long.MAX_VALUE) {
            sessions.clear();
            inside.clear();
            goingOn.clear();
        } else {
            timers.registerEventTimeTimer(next - 1);
        }
        if (name != KnownEvents.NONE) {
            timers.registerEventTimeTimer(slicing.cleanUpFor(name) - 1);
        }
    }
}
