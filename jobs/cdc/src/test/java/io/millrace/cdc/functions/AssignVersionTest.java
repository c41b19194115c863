package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    void givesAChangeItsLsnWhereThatGrows() throws Exception {
        try (Harness harness = new Harness(0, START, null)) {
            assertThat(harness.version(update(20_000, 15_000))).isEqualTo(20_000);
            assertThat(harness.version(update(20_100, 15_000))).isEqualTo(20_100);
        }
    }

    @Test
    void putsAnInsertThatWaitedAfterTheDeleteItWaitedFor() throws Exception {
        try (Harness harness = new Harness(0, START, null)) {
            harness.version(update(20_300, 15_000));
            assertThat(harness.version(update(20_100, 20_400))).isEqualTo(20_401);
        }
    }

    @Test
    void tellsApartTheChangesOfOneWalRecord() throws Exception {
        try (Harness harness = new Harness(0, START, null)) {
            assertThat(harness.version(update(20_000, 15_000))).isEqualTo(20_000);
            assertThat(harness.version(update(20_000, 15_000))).isEqualTo(20_001);
        }
    }

    @Test
    void putsEveryChangeAboveTheSnapshot() throws Exception {
        try (Harness harness = new Harness(0, START, null)) {
            assertThat(harness.version(update(9_000, 0))).isEqualTo(START + 1);
        }
    }

    @Test
    void keepsTheStartOfTheSavepoint() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = new Harness(0, START, null)) {
            harness.version(update(20_000, 15_000));
            state = harness.snapshot();
        }
        try (Harness harness = new Harness(0, 99_000, state)) {
            assertThat(harness.version(Changes.snapshotRow(1, "{}"))).isEqualTo(START);
            assertThat(harness.version(update(20_000, 15_000))).isEqualTo(20_001);
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
                .satisfies(error -> assertThat(ThrowableClassifier.getThrowableType(error))
                        .as("a restart would not help")
                        .isEqualTo(ThrowableType.NonRecoverableError));
    }

    @Test
    void convergesWhateverOverlapsAndHoweverOftenItRestarts() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            CommitOrder stream = CommitOrder.random(new Random(seed), START);
            assertThat(new Run(seed).of(stream)).as("seed %d", seed).isEqualTo(stream.outcome());
        }
    }

    @Test
    void wouldNotConvergeByTheLsnAlone() {
        int wrong = 0;
        for (int seed = 0; seed < 200; seed++) {
            CommitOrder stream = CommitOrder.random(new Random(seed), START);
            Target target = new Target();
            stream.transactions()
                    .forEach(one -> one.changes()
                            .forEach(change -> target.write(
                                    change.withVersion(change.source().lsn()))));
            wrong += target.rows.equals(stream.outcome()) ? 0 : 1;
        }
        assertThat(wrong).isPositive();
    }

    private static RowChange update(long lsn, long previousCommit) {
        return Changes.change(Operation.UPDATE, 1, "{}", lsn, previousCommit);
    }

    /** Refuses an older version, as every target does, and gets its writes in any order. */
    private static final class Target {
        private final Map<String, String> rows = new HashMap<>();
        private final Map<String, Long> versions = new HashMap<>();

        void write(RowChange change) {
            String key = Changes.text(change.key());
            if (change.version() >= versions.getOrDefault(key, 0L)) {
                versions.put(key, change.version());
                CommitOrder.put(rows, change);
            }
        }
    }

    /** Crashes at random, and goes on from the last checkpoint: with whole transactions, as the source does. */
    private static final class Run {
        private final Random random;
        private final List<RowChange> written = new ArrayList<>();

        Run(long seed) {
            random = new Random(seed * 31);
        }

        Map<String, String> of(CommitOrder stream) throws Exception {
            OperatorSubtaskState state = null;
            int next = 0;
            for (int crashes = 5; crashes >= 0; crashes--) {
                Attempt attempt = new Attempt(stream, next, state, crashes == 0);
                next = attempt.resume;
                state = attempt.state;
            }
            // a target's client may retry and so reorder
            Collections.shuffle(written, random);
            Target target = new Target();
            written.forEach(target::write);
            return target.rows;
        }

        private final class Attempt {
            private int resume;
            private OperatorSubtaskState state;

            Attempt(CommitOrder stream, int first, OperatorSubtaskState restored, boolean last) throws Exception {
                resume = first;
                state = restored;
                try (Harness harness = new Harness(0, START, restored)) {
                    for (int i = first; i < stream.transactions().size(); i++) {
                        for (RowChange change : stream.transactions().get(i).changes()) {
                            if (random.nextInt(10) == 0) {
                                state = harness.snapshot();
                                resume = i;
                            }
                            if (!last && random.nextInt(60) == 0) {
                                return;
                            }
                            written.add(change.withVersion(harness.version(change)));
                        }
                    }
                }
            }
        }
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
