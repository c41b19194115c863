package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SweepTruncatedTest {

    private static final long TRUNCATED = 5_000;

    @Test
    void sweepsOnceACheckpointIsCompleteThatTheTruncateWasBefore() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.snapshot(1, 1);
            harness.processElement(truncate(TRUNCATED), 0);
            harness.notifyOfCompletedCheckpoint(1);
            assertThat(harness.extractOutputValues())
                    .as("the rows before it may still be on their way")
                    .isEmpty();

            harness.snapshot(2, 2);
            harness.snapshot(3, 3);
            harness.processElement(row(6_000), 0);
            harness.notifyOfCompletedCheckpoint(3);
            harness.notifyOfCompletedCheckpoint(4);

            assertThat(harness.extractOutputValues())
                    .extracting(change -> change.operation() + " " + change.version())
                    .containsExactly("UPDATE 6000", "SWEEP " + TRUNCATED);
        }
    }

    /** Behind its own writes, which may wait for their target longer than a checkpoint does. */
    @Test
    void everySubtaskSweeps() throws Exception {
        try (var harness = harness(2, 1)) {
            harness.open();
            harness.processElement(truncate(TRUNCATED), 0);
            harness.snapshot(1, 1);
            harness.notifyOfCompletedCheckpoint(1);

            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(sweep -> assertThat(sweep.isSweep()).isTrue());
        }
    }

    @Test
    void sweepsAfterARestartWhatWasNotSweptBefore() throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processElement(truncate(TRUNCATED - 1), 0);
            harness.processElement(row(TRUNCATED - 1), 0);
            harness.processElement(truncate(TRUNCATED), 0);
            saved = harness.snapshot(7, 1);
        }
        try (var harness = harness(2, 0)) {
            harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(saved, 128, 1, 2, 0));
            harness.open();
            harness.notifyOfCompletedCheckpoint(1);

            assertThat(harness.extractOutputValues())
                    .extracting(change -> change.operation() + " " + change.version())
                    .containsExactly("SWEEP " + TRUNCATED);
        }
    }

    private static OneInputStreamOperatorTestHarness<RowChange, RowChange> harness(int parallelism, int subtask)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new SweepTruncated(null, Set.of(Changes.TABLE)), 128, parallelism, subtask);
    }

    private static RowChange truncate(long version) {
        return Changes.change(Operation.TRUNCATE, 0, null, version, 0).withVersion(version);
    }

    private static RowChange row(long version) {
        return Changes.change(Operation.UPDATE, 1, "{}", 900, 0).withVersion(version);
    }
}
