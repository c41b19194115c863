package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.Operation;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ToEnvelopeTest {

    private static final int LARGEST = 4_000;

    @Test
    void writesAnUpdateWithoutTheWrapper() throws Exception {
        RowChange update =
                Changes.change(Operation.UPDATE, 1, "{\"id\":1}", 50, 40).withVersion(50);

        List<ProducedRecord> records = write(update, false);

        assertThat(records).hasSize(1);
        assertThat(records.get(0).topic()).isEqualTo("dbserver1.public.users");
        assertThat(Changes.text(records.get(0).key())).isEqualTo("{\"id\":1}");
        assertThat(Changes.text(records.get(0).value()))
                .isEqualTo("{\"before\":null,\"after\":{\"id\":1},\"source\":{\"lsn\":50},\"op\":\"u\",\"ts_ms\":7,"
                        + "\"transaction\":null}");
    }

    @Test
    void wrapsKeyAndValueInTheirSchemas() throws Exception {
        RowChange create =
                Changes.change(Operation.CREATE, 1, "{\"id\":1}", 50, 40).withVersion(50);

        ProducedRecord record = write(create, true).get(0);

        assertThat(Changes.text(record.key()))
                .isEqualTo("{\"schema\":" + Changes.text(Changes.SCHEMA.key()) + ",\"payload\":{\"id\":1}}");
        assertThat(Changes.text(record.value()))
                .startsWith("{\"schema\":" + Changes.text(Changes.SCHEMA.value()) + ",\"payload\":{\"before\":null,")
                .endsWith("\"transaction\":null}}");
    }

    @Test
    void followsADeleteByATombstoneWithTheSameVersion() throws Exception {
        RowChange delete = Changes.change(Operation.DELETE, 1, null, 50, 40).withVersion(51);

        List<ProducedRecord> records = write(delete, true);

        assertThat(records).hasSize(2);
        assertThat(Changes.text(records.get(0).value()))
                .contains("\"after\":null")
                .contains("\"op\":\"d\"");
        assertThat(records.get(1).value()).isNull();
        assertThat(records.get(1).key()).isEqualTo(records.get(0).key());
        assertThat(records).allSatisfy(record -> {
            assertThat(record.headers()).hasSize(1);
            assertThat(record.headers().get(0).name()).isEqualTo("millrace-version");
            assertThat(Changes.text(record.headers().get(0).value())).isEqualTo("51");
        });
    }

    @Test
    void turnsAwayWhatIsTooLargeForKafka() throws Exception {
        RowChange large = Changes.change(Operation.UPDATE, 1, "{\"bio\":\"" + "x".repeat(LARGEST) + "\"}", 50, 40)
                .withVersion(50);
        RowChange small =
                Changes.change(Operation.UPDATE, 2, "{\"id\":2}", 60, 50).withVersion(60);
        try (OneInputStreamOperatorTestHarness<RowChange, ProducedRecord> harness = harness(false)) {
            harness.open();
            harness.processElement(large, 0);
            harness.processElement(small, 0);

            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(record -> assertThat(Changes.text(record.key())).isEqualTo("{\"id\":2}"));
            assertThat(harness.getSideOutput(ToEnvelope.DEAD_LETTERS))
                    .singleElement()
                    .extracting(StreamRecord::getValue)
                    .satisfies(ToEnvelopeTest::explains);
        }
    }

    @Test
    void keepsAnotherDebeziumsPlaceholderOutOfItsTopics() throws Exception {
        String row = "{\"id\":1,\"bio\":\"__debezium_unavailable_value\"}";
        RowChange captured = Changes.change(Operation.UPDATE, 1, row, 50, 40).withVersion(50);
        try (OneInputStreamOperatorTestHarness<RowChange, ProducedRecord> harness = harness(false)) {
            harness.open();
            harness.processElement(Changes.readFrom("other.public.users", captured), 0);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processElement(captured, 0);

            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.getSideOutput(ToEnvelope.DEAD_LETTERS))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.getValue().errorMessage())
                            .contains("column \"bio\" holds the placeholder"));
        }
    }

    private static void explains(DeadLetter letter) {
        assertThat(letter.stage()).isEqualTo("kafka.public.users");
        assertThat(letter.version()).isEqualTo(50);
        assertThat(letter.errorMessage())
                .contains("dbserver1.public.users", "at most " + LARGEST, "targets.kafka.largest-record");
        assertThat(Changes.text(letter.record().key())).isEqualTo("{\"id\":1}");
        assertThat(letter.record().value()).hasSizeGreaterThan(LARGEST);
    }

    private static List<ProducedRecord> write(RowChange change, boolean withSchema) throws Exception {
        try (OneInputStreamOperatorTestHarness<RowChange, ProducedRecord> harness = harness(withSchema)) {
            harness.open();
            harness.processElement(change, 0);
            return harness.extractOutputValues();
        }
    }

    private static OneInputStreamOperatorTestHarness<RowChange, ProducedRecord> harness(boolean withSchema)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new ToEnvelope("cdc-capture", "dbserver1", withSchema, LARGEST, () -> 7L)));
    }
}
