package io.millrace.analytics.experiment;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Exposure;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.CountedMetrics;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.replay.Fence;
import io.millrace.common.replay.Version;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The three functions behind each other, each in the harness of an operator. Times are minutes; one is allowed for what is late. */
final class Experiments implements AutoCloseable {

    static final long MINUTE = 60_000;
    static final Duration REMEMBERED = Duration.ofDays(2);
    static final Split EQUAL = new Split(new TreeMap<>());

    private static final Slicing SLICING = ExperimentTopology.slicing(Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final LateEvents LATE =
            new LateEvents("late-events", "analytics", "experiment_results", "user-actions");

    private final CountedMetrics metrics = new CountedMetrics("experiment_results");
    private final Split split;
    private final Mismatch mismatch;
    private final Fence history;
    private final StateBackend backend;
    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<UserStep>, ExperimentNews> assign;
    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<ExperimentHit>, ExperimentResult> count;
    private KeyedOneInputStreamOperatorTestHarness<String, ExperimentResult, RowChange> judge;
    private long offset;

    /** What of the three is restored. */
    record State(OperatorSubtaskState assign, OperatorSubtaskState count, OperatorSubtaskState judge) {}

    Experiments() throws Exception {
        this(new HashMapStateBackend());
    }

    Experiments(StateBackend backend) throws Exception {
        this(EQUAL, new Mismatch(0.001, 1_000), Fence.NONE, backend);
    }

    Experiments(Split split, Mismatch mismatch) throws Exception {
        this(split, mismatch, Fence.NONE);
    }

    /** @param history whose alerts do not count */
    Experiments(Split split, Mismatch mismatch, Fence history) throws Exception {
        this(split, mismatch, history, new HashMapStateBackend());
    }

    private Experiments(Split split, Mismatch mismatch, Fence history, StateBackend backend) throws Exception {
        this.split = split;
        this.mismatch = mismatch;
        this.history = history;
        this.backend = backend;
        make();
        assign.open();
        count.open();
        judge.open();
    }

    private void make() throws Exception {
        assign = harness(
                new KeyedProcessOperator<>(new AssignVariants(SLICING, REMEMBERED, LATE)),
                ExperimentNewsSerializer.INSTANCE);
        count = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new SlicedWindow<ExperimentHit, ExperimentTally, ExperimentResult>(
                        SLICING, new ExperimentTallies(), (window, tally) -> tally.result(window), LATE, 1)),
                Bundle::key,
                Types.STRING);
        count.setStateBackend(backend);
        count.setup(ExperimentResultSerializer.INSTANCE);
        ExperimentsTable table = new ExperimentsTable(1, split, List.of("control", "a"));
        judge = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(
                        new JudgeExperiments(table, split, mismatch, REMEMBERED, "user-actions", history)),
                ExperimentResult::experiment,
                Types.STRING);
        judge.setStateBackend(backend);
        judge.setup(RowChangeTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<UserStep>, ExperimentNews> harness(
            KeyedProcessOperator<String, Bundle<UserStep>, ExperimentNews> operator, ExperimentNewsSerializer type)
            throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                operator, Bundle<UserStep>::key, Types.STRING, metrics.environment());
        harness.setStateBackend(backend);
        harness.setup(type);
        return harness;
    }

    /** Shows a user a variant of the experiment {@code x}. */
    void show(String user, String variant, double minute) throws Exception {
        step(user, new UserStep(stamp(minute), new Exposure("x", variant), null));
    }

    void buy(String user, String amount, String currency, double minute) throws Exception {
        step(user, new UserStep(stamp(minute), null, new Money(new BigDecimal(amount), currency)));
    }

    /** Shows a variant to so many users of their own. */
    void show(int users, String variant, double minute) throws Exception {
        for (int i = 0; i < users; i++) {
            show(variant + " " + offset, variant, minute);
        }
    }

    private Stamp stamp(double minute) {
        offset++;
        return new Stamp(0, offset, Math.round(minute * MINUTE), EventId.of("event " + offset + " at " + minute));
    }

    void step(String user, UserStep step) throws Exception {
        bundle(user, List.of(step));
    }

    /** All of one hour. */
    void bundle(String user, List<UserStep> steps) throws Exception {
        long hour = Math.floorDiv(steps.get(0).stamp().timestamp(), 60 * MINUTE) * 60 * MINUTE;
        assign.processElement(new StreamRecord<>(new Bundle<>(user, hour, steps)));
        passOn();
    }

    private void passOn() throws Exception {
        for (ExperimentNews news : taken(assign)) {
            long hour = Math.floorDiv(news.stamp().timestamp(), 60 * MINUTE) * 60 * MINUTE;
            count.processElement(new StreamRecord<>(new Bundle<>(news.experiment(), hour, List.of(news.hit()))));
        }
        judgeCounted();
    }

    private void judgeCounted() throws Exception {
        for (ExperimentResult result : taken(count)) {
            judge.processElement(new StreamRecord<>(result));
        }
    }

    private static <T> List<T> taken(OneInputStreamOperatorTestHarness<?, T> harness) {
        List<T> taken = new ArrayList<>(harness.extractOutputValues());
        harness.getOutput().clear();
        return taken;
    }

    /** Says that all before a time has come. */
    void reach(double minute) throws Exception {
        Watermark watermark = new Watermark(Math.round(minute * MINUTE) - 1);
        assign.processWatermark(watermark);
        passOn();
        count.processWatermark(watermark);
        judgeCounted();
        judge.processWatermark(watermark);
    }

    List<RowChange> changes() {
        return taken(judge);
    }

    /** Returns rows since the last look, of users or of money. */
    List<String> rows() {
        return changes().stream().map(Experiments::text).toList();
    }

    static String text(RowChange row) {
        return new String(row.after(), StandardCharsets.UTF_8)
                        .replaceAll(
                                "\\{\"window_start\":(\\d+),\"experiment\":\"(.*?)\",\"variant\":\"(.*?)\",\"currency\":\"(.*?)\","
                                        + "\"exposures\":(\\d+),\"users\":(\\d+),\"new_users\":(\\d+),\"buyers\":(\\d+),"
                                        + "\"converted\":(\\d+),\"crossed\":(\\d+),\"orders\":(\\d+),\"revenue\":\"(.*?)\","
                                        + "\"weight\":(.*?),\"is_control\":(\\d),\"late_count\":(\\d+)}",
                                "$1 $3 [$4] $5x, users $6/$7, bought $8/$9, crossed $10, orders $11 of $12, late $15")
                + " v" + Version.position(row.version());
    }

    /** Returns the alerts since it was opened, as the topic is told of them. */
    List<String> alerts() {
        var alerts = judge.getSideOutput(JudgeExperiments.ALERTS);
        return alerts == null
                ? List.of()
                : alerts.stream()
                        .filter(alert -> !alert.getValue().isBehind(history))
                        .map(alert -> new String(
                                alert.getValue().toRecord("alerts", "analytics").value(), StandardCharsets.UTF_8))
                        .toList();
    }

    /** Returns duplicates and late ones since it was last opened; corrected ones are counted behind. */
    String metrics() {
        return metrics.text();
    }

    int late() {
        var told = assign.getSideOutput(SlicedWindow.LATE);
        return told == null ? 0 : told.size();
    }

    /** Returns how many entries each of the three has. */
    List<Integer> stateEntries() {
        return List.of(assign.numKeyedStateEntries(), count.numKeyedStateEntries(), judge.numKeyedStateEntries());
    }

    List<Integer> timers() {
        return List.of(assign.numEventTimeTimers(), count.numEventTimeTimers(), judge.numEventTimeTimers());
    }

    State state() throws Exception {
        return new State(assign.snapshot(1, 1), count.snapshot(1, 1), judge.snapshot(1, 1));
    }

    void restart(State state) throws Exception {
        close();
        make();
        assign.initializeState(state.assign());
        count.initializeState(state.count());
        judge.initializeState(state.judge());
        assign.open();
        count.open();
        judge.open();
    }

    /** Returns the newest row of each key. */
    static Map<String, RowChange> table(List<RowChange> written) {
        Map<String, RowChange> table = new TreeMap<>();
        for (RowChange row : written) {
            table.merge(
                    new String(row.key(), StandardCharsets.UTF_8),
                    row,
                    (one, other) -> other.version() >= one.version() ? other : one);
        }
        return table;
    }

    @Override
    public void close() throws Exception {
        assign.close();
        count.close();
        judge.close();
    }
}
