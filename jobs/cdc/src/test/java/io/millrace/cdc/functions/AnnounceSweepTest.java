package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AnnounceSweepTest {

    private static final long SNAPSHOT = 1_000;
    private static final List<String> TABLES = List.of("public.users", "public.orders");

    private static OneInputStreamOperatorTestHarness<RowChange, RowChange> harness(
            long version, boolean fresh, int parallelism, int subtask) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new AnnounceSweep(TABLES, version, fresh), 128, parallelism, subtask);
    }

    private static OneInputStreamOperatorTestHarness<RowChange, RowChange> fresh() throws Exception {
        OneInputStreamOperatorTestHarness<RowChange, RowChange> harness = harness(SNAPSHOT, true, 1, 0);
        harness.open();
        return harness;
    }

    private static OneInputStreamOperatorTestHarness<RowChange, RowChange> restored(
            OperatorSubtaskState state, boolean fresh, int parallelism, int subtask) throws Exception {
        OneInputStreamOperatorTestHarness<RowChange, RowChange> harness =
                harness(9 * SNAPSHOT, fresh, parallelism, subtask);
        harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 128, 1, parallelism, subtask));
        harness.open();
        return harness;
    }

    private static void endOfSnapshot(OneInputStreamOperatorTestHarness<RowChange, RowChange> harness)
            throws Exception {
        harness.processWatermark(new Watermark(SnapshotEnd.SWEEP));
    }

    private static List<RowChange> sweeps(OneInputStreamOperatorTestHarness<RowChange, RowChange> harness) {
        return harness.extractOutputValues().stream().filter(RowChange::isSweep).toList();
    }

    @Test
    void letsChangesThroughAndSweepsEachTableOnceTheSnapshotIsThrough() throws Exception {
        try (var harness = fresh()) {
            harness.processElement(Changes.snapshotRow(1, "{}").withVersion(SNAPSHOT), 0);
            harness.processWatermark(new Watermark(SnapshotEnd.SWEEP - 1));
            assertThat(harness.extractOutputValues())
                    .extracting(RowChange::operation)
                    .containsExactly(Operation.READ);

            endOfSnapshot(harness);
            harness.processElement(Changes.change(Operation.UPDATE, 1, "{}", 2_000, 0), 0);
            harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(sweeps(harness)).extracting(RowChange::table).isEqualTo(TABLES);
            assertThat(sweeps(harness)).extracting(RowChange::version).containsOnly(SNAPSHOT);
            assertThat(sweeps(harness)).allMatch(sweep -> sweep.key().length == 0 && sweep.after() == null);
            assertThat(harness.extractOutputValues()).hasSize(4);
        }
    }

    @Test
    void saysItBeforeEventTimeGoesOn() throws Exception {
        try (var harness = fresh()) {
            endOfSnapshot(harness);

            assertThat(harness.getOutput()).last().isEqualTo(new Watermark(SnapshotEnd.SWEEP));
        }
    }

    @Test
    void doesNotSweepAgainAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var harness = fresh()) {
            endOfSnapshot(harness);
            state = harness.snapshot(1, 1);
        }
        try (var harness = restored(state, true, 1, 0)) {
            endOfSnapshot(harness);

            assertThat(sweeps(harness)).isEmpty();
        }
    }

    @Test
    void sweepsByTheVersionOfTheSnapshotThatWasBegunAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var harness = fresh()) {
            state = harness.snapshot(1, 1);
        }
        for (boolean fresh : new boolean[] {true, false}) {
            try (var harness = restored(state, fresh, 1, 0)) {
                endOfSnapshot(harness);

                assertThat(sweeps(harness)).extracting(RowChange::version).containsExactly(SNAPSHOT, SNAPSHOT);
            }
        }
    }

    @Test
    void neverSweepsByTheVersionOfASnapshotThatIsNotTaken() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(SNAPSHOT, false, 1, 0)) {
            harness.open();
            endOfSnapshot(harness);
            assertThat(sweeps(harness)).isEmpty();
            state = harness.snapshot(1, 1);
        }
        try (var harness = restored(state, true, 1, 0)) {
            endOfSnapshot(harness);

            assertThat(sweeps(harness)).isEmpty();
        }
    }

    @Test
    void isSaidByOneSubtaskAlsoWhenThereAreMoreThanBefore() throws Exception {
        OperatorSubtaskState state;
        try (var harness = fresh()) {
            state = harness.snapshot(1, 1);
        }
        for (int subtask = 0; subtask < 3; subtask++) {
            try (var harness = restored(state, true, 3, subtask)) {
                endOfSnapshot(harness);

                assertThat(sweeps(harness)).hasSize(subtask == 0 ? 2 : 0);
            }
        }
    }
}
