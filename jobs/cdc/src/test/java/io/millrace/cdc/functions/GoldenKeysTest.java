package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.source.kafka.OtherTopicException;
import io.millrace.common.source.postgres.SourceBlock;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** State about topics and their keys, as it was written once; see {@link GoldenStateTest}. */
class GoldenKeysTest {

    private static final long START = 10_000;

    @Test
    void theKeysOfTopicsAreKnown() throws Exception {
        try (var harness = GoldenStateTest.restored(
                ToEnvelope.UID,
                () -> new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new ToEnvelope("cdc-capture", "dbserver1", true, 10_000, () -> 7L))),
                it -> it.processElement(change(500), 0))) {
            RowChange other = Changes.withSchema(Changes.OTHER_KEY, change(600));

            assertThatThrownBy(() -> harness.processElement(other, 0)).isInstanceOf(KeySchemaException.class);
        }
    }

    @Test
    void whatLiesUnderOldKeysIsStillSwept() throws Exception {
        try (var harness = GoldenStateTest.restored(
                Sweep.UID + ".with-keys",
                () -> new KeyedTwoInputStreamOperatorTestHarness<>(
                        new Sweep(START, new SourceBlock("dbserver1", "shop")),
                        new RowKey(),
                        new RowKey(),
                        Types.STRING),
                it -> {
                    it.processElement1(Changes.snapshotRow(1, "{}").withVersion(START), 0);
                    it.processElement2(Changes.withSchema(Changes.OTHER_KEY, change(500)), 0);
                })) {
            harness.processWatermark1(new Watermark(SnapshotEnd.SWEEP));
            harness.processWatermark2(Watermark.MAX_WATERMARK);

            assertThat(harness.extractOutputValues()).singleElement().satisfies(gone -> {
                assertThat(gone.schema()).isEqualTo(Changes.OTHER_KEY);
                assertThat(gone.version()).isEqualTo(500);
            });
        }
    }

    @Test
    void topicsAreKnown() throws Exception {
        try (var harness = GoldenStateTest.restored(
                        ParseDebezium.UID + ".with-topics", () -> parse("one"), it -> it.setProcessingTime(1));
                var another = parse("two")) {
            OperatorSubtaskState golden = GoldenStateTest.golden(ParseDebezium.UID + ".with-topics");

            assertThat(harness.snapshot(1, 1)).isNotNull();
            assertThatThrownBy(() -> another.initializeState(golden)).isInstanceOf(OtherTopicException.class);
        }
    }

    private static OneInputStreamOperatorTestHarness<ConsumedRecord, RowChange> parse(String id) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new ParseDebezium(
                "cdc-sync",
                Generations.only(1),
                JsonLimits.DEFAULT,
                DeclaredTables.NONE,
                Redrive.none(),
                () -> Map.of("dbserver1.public.users", id),
                Duration.ofMinutes(1))));
    }

    private static RowChange change(long version) {
        return Changes.change(Operation.UPDATE, 1, "{}", version, 0).withVersion(version);
    }
}
