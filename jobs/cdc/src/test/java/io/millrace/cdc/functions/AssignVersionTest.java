package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Version;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AssignVersionTest {

    private static final long START = 10_000;

    @Test
    void givesSnapshotRowsThePositionOfTheStart() throws Exception {
        try (Harness harness = new Harness(3, START, null)) {
            assertThat(harness.version(Changes.snapshotRow(1, "{}"))).isEqualTo(Version.of(3, START));
        }
    }

    @Test
    void givesAChangeItsPlaceInTheOrderOfCommits() throws Exception {
        try (Harness harness = new Harness(3, START, null)) {
            assertThat(harness.version(update(20_000))).isEqualTo(Version.of(3, 20_000));
        }
    }

    @Test
    void refusesAChangeThatWouldCountAsOlderThanTheSnapshot() throws Exception {
        try (Harness harness = new Harness(0, START, null)) {
            assertThatThrownBy(() -> harness.version(update(START)))
                    .hasStackTraceContaining("has the order " + START + ", and the snapshot's rows have " + START)
                    .satisfies(AssignVersionTest::isFinal);
            assertThat(harness.version(update(START + 1))).isEqualTo(START + 1);
        }
    }

    @Test
    void keepsTheStartOfTheSavepoint() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = new Harness(0, START, null)) {
            state = harness.snapshot();
        }
        try (Harness harness = new Harness(0, 99_000, state)) {
            assertThat(harness.version(Changes.snapshotRow(1, "{}"))).isEqualTo(START);
        }
    }

    @Test
    void refusesALowerGenerationThanItsSavepoint() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = new Harness(2, START, null)) {
            state = harness.snapshot();
        }
        assertThatThrownBy(() -> new Harness(1, START, state))
                .hasStackTraceContaining("`generation` is 1, but this job's savepoint has 2")
                .satisfies(AssignVersionTest::isFinal);
    }

    private static void isFinal(Throwable error) {
        assertThat(ThrowableClassifier.getThrowableType(error))
                .as("a restart would not help")
                .isEqualTo(ThrowableType.NonRecoverableError);
    }

    private static RowChange update(long order) {
        return Changes.change(Operation.UPDATE, 1, "{}", order, 0).withVersion(order);
    }

    private static final class Harness implements AutoCloseable {
        private final OneInputStreamOperatorTestHarness<RowChange, RowChange> harness;
        private long checkpoint;

        Harness(int generation, long start, OperatorSubtaskState state) throws Exception {
            harness = new OneInputStreamOperatorTestHarness<>(
                    new ProcessOperator<>(new AssignVersion(generation, start)));
            harness.setup();
            harness.initializeState(state);
            harness.open();
        }

        long version(RowChange change) throws Exception {
            harness.processElement(change, 0);
            List<RowChange> out = harness.extractOutputValues();
            harness.getOutput().clear();
            return out.get(0).version();
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(++checkpoint, 0);
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
