package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.SourceBlock;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** State about the keys of topics, as it was written once; see {@link GoldenStateTest}. */
class GoldenKeysTest {

    private static final long START = 10_000;

    @Test
    void theKeysOfTopicsAreKnown() throws Exception {
        try (var harness = GoldenStateTest.restored(
                ToEnvelope.UID,
                () -> new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(
                        new ToEnvelope("cdc-capture", "dbserver1", true, 10_000, () -> 7L))),
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

    private static RowChange change(long version) {
        return Changes.change(Operation.UPDATE, 1, "{}", version, 0).withVersion(version);
    }
}
