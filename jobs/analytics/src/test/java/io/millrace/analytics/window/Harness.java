package io.millrace.analytics.window;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Visit;
import io.millrace.common.event.ProducedRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** A window of {@link Sums} in the harness of an operator. Times are minutes. */
final class Harness implements AutoCloseable {

    static final long MINUTE = 60_000;

    private Slicing slicing;
    private final StateBackend backend;
    private int generation = 1;
    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, Told> harness;

    Harness(Slicing slicing, StateBackend backend) throws Exception {
        this.slicing = slicing;
        this.backend = backend;
        this.harness = make();
        harness.open();
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, Told> make() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, Told> made =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new SlicedWindow<Visit, Sums, Told>(
                                slicing,
                                Sums.KIND,
                                Told.FORM,
                                new LateEvents("late-events", "analytics", "sums", "visits"),
                                generation)),
                        Bundle::key,
                        Types.STRING);
        made.setStateBackend(backend);
        made.setup(new Told.Serializer());
        return made;
    }

    /** Goes on from a checkpoint, as a job does after a failure. */
    void restart() throws Exception {
        restart(generation);
    }

    /** Goes on from a checkpoint with another generation. */
    void restart(int next) throws Exception {
        generation = next;
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = make();
        harness.initializeState(state);
        harness.open();
    }

    /** Goes on from a checkpoint with other options. */
    void restart(Slicing next) throws Exception {
        slicing = next;
        restart(generation);
    }

    static Visit visit(double minute, String name, long amount) {
        return new Visit(new Stamp(0, 7, Math.round(minute * MINUTE), name == null ? null : EventId.of(name)), amount);
    }

    void count(String key, Visit... visits) throws Exception {
        for (Visit visit : visits) {
            long slice = slicing.sliceOf(visit.stamp().timestamp());
            harness.processElement(new StreamRecord<>(new Bundle<>(key, slice, List.of(visit))));
        }
    }

    void bundle(String key, List<Visit> visits) throws Exception {
        long slice = slicing.sliceOf(visits.get(0).stamp().timestamp());
        harness.processElement(new StreamRecord<>(new Bundle<>(key, slice, visits)));
    }

    /** Says that all before a time has come. */
    void reach(double minute) throws Exception {
        harness.processWatermark(new Watermark(Math.round(minute * MINUTE) - 1));
    }

    /** Returns what was told since the last look, times in minutes. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        for (Told result : results()) {
            told.add(result.key() + " " + result.start() / MINUTE + "-" + result.end() / MINUTE + ": " + result.events()
                    + " events, " + result.late() + " late, sum " + result.sum());
        }
        return told;
    }

    List<Told> results() {
        List<Told> told = harness.extractOutputValues();
        harness.getOutput().clear();
        return told;
    }

    List<String> late() {
        Queue<StreamRecord<ProducedRecord>> late = harness.getSideOutput(SlicedWindow.LATE);
        return late == null
                ? List.of()
                : late.stream()
                        .map(record -> new String(record.getValue().value(), StandardCharsets.UTF_8))
                        .toList();
    }

    int stateEntries() {
        return harness.numKeyedStateEntries();
    }

    int timers() {
        return harness.numEventTimeTimers();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
