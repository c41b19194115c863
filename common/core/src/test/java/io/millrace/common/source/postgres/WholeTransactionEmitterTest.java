package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.relational.TableId;
import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import io.millrace.testing.CollectedOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.split.FinishedSnapshotSplitInfo;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceRecords;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplit;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplitState;
import org.apache.flink.cdc.connectors.base.source.metrics.SourceReaderMetrics;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffset;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffsetFactory;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class WholeTransactionEmitterTest {

    private static final long START = 10_000;
    private static final int SEEDS = 200;

    @Test
    void convergesWhateverOverlapsAndHoweverOftenItRestarts() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            CommitOrder stream = CommitOrder.random(new Random(seed), START);
            assertThat(outcome(new Run(seed, stream).written(), RowChange::version, new Random(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(stream.outcome());
        }
    }

    @Test
    void wouldNotConvergeByTheLsnAlone() throws Exception {
        int wrong = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            CommitOrder stream = CommitOrder.random(new Random(seed), START);
            Map<String, String> byLsn = outcome(
                    new Run(seed, stream).written(), change -> change.source().lsn(), new Random(seed));
            wrong += byLsn.equals(stream.outcome()) ? 0 : 1;
        }
        assertThat(wrong).isPositive();
    }

    @Test
    void emitsEachChangeOnceForWhatACheckpointKeptAndWithTheVersionItHad() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            CommitOrder stream = CommitOrder.random(new Random(seed), START);
            Run run = new Run(seed, stream);
            assertThat(run.kept().stream().map(WholeTransactionEmitterTest::text))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(stream.texts());
            Map<String, Long> versions = new HashMap<>();
            for (RowChange change : run.written()) {
                Long before = versions.put(text(change), change.version());
                assertThat(before).as("seed %d", seed).isIn(null, change.version());
            }
            assertThat(run.kept().stream().map(RowChange::version).distinct())
                    .hasSameSizeAs(stream.texts())
                    .isSorted()
                    .allSatisfy(version -> assertThat(version).isGreaterThan(START));
        }
    }

    /** One part was read before a savepoint, when the job began above what its topics held; the other after it. */
    @Test
    void beginsAboveWhatEachPartOfTheSnapshotTells() throws Exception {
        long ahead = 1L << 50;
        CommitOrder stream = CommitOrder.random(new Random(1), START);

        Run run = new Run(1, stream, List.of(part("public.a:0", START), part("public.b:0", ahead)));

        assertThat(run.kept()).isNotEmpty().extracting(RowChange::version).isSorted();
        assertThat(run.written())
                .allSatisfy(change -> assertThat(change.version()).isGreaterThan(ahead));
    }

    private static FinishedSnapshotSplitInfo part(String id, long order) {
        Offset offset = PostgresOffset.of(Map.of("lsn", START, "ts_usec", 0L, "order", order));
        return new FinishedSnapshotSplitInfo(
                TableId.parse(id.substring(0, id.indexOf(':'))),
                id,
                new Object[0],
                new Object[0],
                offset,
                new PostgresOffsetFactory());
    }

    /** What a target holds that gets its writes in any order and refuses an older version. */
    private static Map<String, String> outcome(
            List<RowChange> written, ToLongFunction<RowChange> version, Random random) {
        List<RowChange> shuffled = new ArrayList<>(written);
        Collections.shuffle(shuffled, random);
        Map<String, Long> versions = new HashMap<>();
        Map<String, String> rows = new HashMap<>();
        for (RowChange change : shuffled) {
            String key = new String(change.key(), StandardCharsets.UTF_8);
            if (version.applyAsLong(change) >= versions.getOrDefault(key, 0L)) {
                versions.put(key, version.applyAsLong(change));
                rows.put(key, text(change));
            }
        }
        return rows;
    }

    private static String text(RowChange change) {
        return new String(change.after(), StandardCharsets.UTF_8);
    }

    /** Crashes at random, and goes on from the last checkpoint. */
    private static final class Run {
        private final Random random;
        private final CommitOrder stream;
        private final List<FinishedSnapshotSplitInfo> parts;
        private final List<RowChange> written = new ArrayList<>();
        private final List<RowChange> kept = new ArrayList<>();
        private Offset checkpoint = PostgresOffset.of(Map.of("lsn", START, "ts_usec", 0L));

        Run(long seed, CommitOrder stream) throws Exception {
            this(seed, stream, List.of());
        }

        Run(long seed, CommitOrder stream, List<FinishedSnapshotSplitInfo> parts) throws Exception {
            this.random = new Random(seed * 31);
            this.stream = stream;
            this.parts = parts;
            for (int crashes = 5; crashes >= 0; crashes--) {
                attempt(crashes == 0);
            }
        }

        /** All that was emitted. */
        List<RowChange> written() {
            return written;
        }

        /** Without what a crash took back. */
        List<RowChange> kept() {
            return kept;
        }

        private void attempt(boolean last) throws Exception {
            Emitter emitter = new Emitter();
            CollectedOutput<RowChange> output = new CollectedOutput<>();
            StreamSplitState split = split(checkpoint);
            Iterator<StreamedChange> records = from(split);
            while (records.hasNext()) {
                if (random.nextInt(10) == 0) {
                    kept.addAll(take(output));
                    checkpoint = split.getStartingOffset();
                }
                if (!last && random.nextInt(60) == 0) {
                    take(output);
                    return;
                }
                if (random.nextInt(60) == 0) {
                    // Flink CDC closes the stream, and opens it again in the same reader
                    split = split(split.getStartingOffset());
                    records = from(split);
                }
                emitter.emit(records.next(), output, split);
            }
            kept.addAll(take(output));
            checkpoint = split.getStartingOffset();
        }

        private StreamSplitState split(Offset begin) {
            return new StreamSplitState(
                    new StreamSplit("stream", begin, PostgresOffset.NO_STOPPING_OFFSET, parts, Map.of(), parts.size()));
        }

        private Iterator<StreamedChange> from(StreamSplitState split) {
            long commit = Long.parseLong(split.getStartingOffset().getOffset().get("lsn"));
            return stream.recordsAfter(commit).iterator();
        }

        /** Takes what was emitted since the checkpoint before. */
        private List<RowChange> take(CollectedOutput<RowChange> output) {
            List<RowChange> taken = List.copyOf(output.records());
            output.records().clear();
            written.addAll(taken);
            return taken;
        }
    }

    private static final class Emitter {
        private final WholeTransactionEmitter emitter = new WholeTransactionEmitter(
                new RowChangeType(),
                new SourceReaderMetrics(UnregisteredMetricsGroup.createSourceReaderMetricGroup()),
                false,
                new PostgresOffsetFactory(),
                START);

        void emit(StreamedChange change, SourceOutput<RowChange> output, StreamSplitState split) throws Exception {
            emitter.emitRecord(new SourceRecords(List.of(change)), output, split);
        }
    }
}
