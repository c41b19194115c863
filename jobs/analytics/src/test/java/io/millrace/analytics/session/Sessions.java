package io.millrace.analytics.session;

import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.CountedMetrics;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowShape;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.replay.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The function in the harness of an operator. Times are minutes, the gap is 30 of them, 2 are allowed for what is late,
 * and a session that goes on is shown each 60. */
final class Sessions implements AutoCloseable {

    static final long MINUTE = 60_000;

    /** Else an attempt before a restart might have shown everything. */
    private static final double LONG_AGO = -1_000;

    private static final Duration GAP = Duration.ofMinutes(30);
    private static final SessionOptions OPTIONS = new SessionOptions(
            1,
            GAP,
            Duration.ofMinutes(60),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            "page-views",
            "user-actions",
            "analytics",
            "late-events");
    private static final Slicing SLICING = Slicing.of(
            List.of(WindowShape.tumbling(Duration.ofMinutes(5))),
            Duration.ofMinutes(2),
            GAP.plus(Duration.ofMinutes(10)));

    private final CountedMetrics metrics = new CountedMetrics("sessions");
    private final StateBackend backend;
    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<Step>, RowChange> harness;

    Sessions() throws Exception {
        this(new HashMapStateBackend());
    }

    Sessions(StateBackend backend) throws Exception {
        this.backend = backend;
        harness = make(1);
        harness.open();
        clock(LONG_AGO);
    }

    void view(String page, double minute) throws Exception {
        step(new Step(stamp("view " + minute, minute), page, ActionType.PAGE_VIEW));
    }

    void purchase(double minute) throws Exception {
        step(new Step(stamp("purchase " + minute, minute), "", ActionType.PURCHASE));
    }

    private static Stamp stamp(String name, double minute) {
        return new Stamp(0, Math.round(minute * 100), Math.round(minute * MINUTE), EventId.of(name));
    }

    void step(Step step) throws Exception {
        long slice = step.stamp().timestamp() / (5 * MINUTE) * (5 * MINUTE);
        harness.processElement(new StreamRecord<>(new Bundle<>("s", slice, List.of(step))));
    }

    /** Says that all before a time has come. */
    void reach(double minute) throws Exception {
        harness.processWatermark(new Watermark(Math.round(minute * MINUTE) - 1));
    }

    OperatorSubtaskState state() throws Exception {
        return harness.snapshot(1, 1);
    }

    void restart(OperatorSubtaskState state) throws Exception {
        harness.close();
        harness = make(1);
        harness.initializeState(state);
        harness.open();
        clock(LONG_AGO);
    }

    /** Goes on from a checkpoint when the clock says so; an attempt before may have failed. */
    void restart(OperatorSubtaskState state, double minute) throws Exception {
        restart(state);
        clock(minute);
    }

    /** Sets the clock. */
    void clock(double minute) throws Exception {
        harness.setProcessingTime(Math.round(minute * MINUTE));
    }

    List<RowChange> changes() {
        List<RowChange> changes = List.copyOf(harness.extractOutputValues());
        harness.getOutput().clear();
        return changes;
    }

    /** Returns what was written since the last look. */
    List<String> rows() {
        return changes().stream().map(Sessions::text).toList();
    }

    static String text(RowChange row) {
        String version = " v" + Version.position(row.version());
        String key = new String(row.key(), StandardCharsets.UTF_8).replaceAll("\\{\"session_start\":(\\d+),.*", "$1");
        String start = Long.parseLong(key) / MINUTE + "";
        if (row.isDelete()) {
            return start + " gone" + version;
        }
        String values = new String(row.after(), StandardCharsets.UTF_8)
                .replaceAll(
                        ".*\"session_end\":(\\d+),\"pages\":(\\d+),\"entry_page\":\"(.*)\",\"exit_page\":\"(.*)\","
                                + "\"converted\":(\\d),.*\"steps\":(\\d+),\"late_count\":(\\d+).*",
                        "$1 $2 pages $3 to $4 converted $5 late $7");
        String end = values.substring(0, values.indexOf(' '));
        return start + "-" + Long.parseLong(end) / MINUTE + values.substring(end.length()) + version;
    }

    int late() {
        var late = harness.getSideOutput(SlicedWindow.LATE);
        return late == null ? 0 : late.size();
    }

    /** Returns duplicates, late and corrected ones since it was last opened. */
    String metrics() {
        return metrics.text();
    }

    int stateEntries() {
        return harness.numKeyedStateEntries();
    }

    int timers() {
        return harness.numEventTimeTimers();
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<Step>, RowChange> make(int generation)
            throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FindSessions(
                        SLICING,
                        OPTIONS,
                        new SessionsTable(generation),
                        new LateEvents("late-events", "analytics", "sessions", "page-views"),
                        new LateEvents("late-events", "analytics", "sessions", "user-actions"))),
                Bundle<Step>::key,
                Types.STRING,
                metrics.environment());
        made.setStateBackend(backend);
        made.setup(RowChangeTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        return made;
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
