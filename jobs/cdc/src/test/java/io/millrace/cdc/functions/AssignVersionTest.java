package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Version;
import io.millrace.common.source.postgres.CaptureStart;
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

    /** All that lies before is in the rows that are read. */
    @Test
    void passesOverWhatTheStreamTellsOfAnAddedTableFromBefore() throws Exception {
        OperatorSubtaskState without;
        try (Harness harness = new Harness(0, CaptureStart.at(START), null, "public.other")) {
            without = harness.snapshot();
        }
        CaptureStart later = new CaptureStart(50_000, 40_000, List.of());
        OperatorSubtaskState with;
        try (Harness harness = new Harness(0, later, without, "public.other", Changes.TABLE)) {
            assertThat(harness.versions(update(40_000))).isEmpty();
            assertThat(harness.versions(update(40_001))).containsExactly(40_001L);
            with = harness.snapshot();
        }
        CaptureStart last = new CaptureStart(90_000, 80_000, List.of());
        try (Harness harness = new Harness(0, last, with, "public.other", Changes.TABLE)) {
            assertThat(harness.versions(update(40_000))).isEmpty();
            assertThat(harness.versions(update(40_001)))
                    .as("it is known by now")
                    .containsExactly(40_001L);
        }
    }

    /** As when it was dropped and made anew: the publication loses it, and gets it back. */
    @Test
    void refusesAKnownTableThatWasNotPublishedForAWhile() throws Exception {
        CaptureStart first = new CaptureStart(50_000, 40_000, List.of(Changes.TABLE));
        OperatorSubtaskState before;
        try (Harness harness = new Harness(0, START, null)) {
            before = harness.snapshot();
        }
        assertThatThrownBy(() -> new Harness(0, first, before, Changes.TABLE))
                .hasStackTraceContaining("captured before the savepoint, but no longer in the publication")
                .satisfies(AssignVersionTest::isFinal);
    }

    @Test
    void goesOnAfterAFailureWithWhatItHasAddedItself() throws Exception {
        CaptureStart adding = new CaptureStart(50_000, 40_000, List.of(Changes.TABLE));
        OperatorSubtaskState without;
        try (Harness harness = new Harness(0, CaptureStart.at(START), null, "public.other")) {
            without = harness.snapshot();
        }
        OperatorSubtaskState added;
        try (Harness harness = new Harness(0, adding, without, "public.other", Changes.TABLE)) {
            added = harness.snapshot();
        }
        try (Harness harness = new Harness(0, adding, added, "public.other", Changes.TABLE)) {
            assertThat(harness.versions(update(40_001))).hasSize(1);
        }
    }

    /** Written by a version that could not add tables. */
    @Test
    void whereTheSavepointKnowsNoTablesThePublicationTellsWhichAreNew() throws Exception {
        OperatorSubtaskState golden = GoldenStateTest.golden(AssignVersion.UID);
        CaptureStart later = new CaptureStart(9_000_000, 8_000_000, List.of(Changes.TABLE));
        try (Harness harness = new Harness(2, later, golden, Changes.TABLE)) {
            assertThat(harness.versions(update(8_000_000))).isEmpty();
        }
        try (Harness harness =
                new Harness(2, new CaptureStart(9_000_000, 8_000_000, List.of()), golden, Changes.TABLE)) {
            assertThat(harness.versions(update(8_000_000))).hasSize(1);
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
            this(generation, CaptureStart.at(start), state, Changes.TABLE);
        }

        Harness(int generation, CaptureStart start, OperatorSubtaskState state, String... tables) throws Exception {
            harness = new OneInputStreamOperatorTestHarness<>(
                    new ProcessOperator<>(new AssignVersion(generation, start, List.of(tables))));
            harness.setup();
            harness.initializeState(state);
            harness.open();
        }

        long version(RowChange change) throws Exception {
            return versions(change).get(0);
        }

        List<Long> versions(RowChange change) throws Exception {
            harness.processElement(change, 0);
            List<Long> versions = harness.extractOutputValues().stream()
                    .map(RowChange::version)
                    .toList();
            harness.getOutput().clear();
            return versions;
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
