package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.Operation;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import java.util.List;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ToEnvelopeTest {

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

    private static List<ProducedRecord> write(RowChange change, boolean withSchema) throws Exception {
        ToEnvelope function = new ToEnvelope("dbserver1", withSchema, () -> 7L);
        try (OneInputStreamOperatorTestHarness<RowChange, ProducedRecord> harness =
                new OneInputStreamOperatorTestHarness<>(new StreamFlatMap<>(function))) {
            harness.open();
            harness.processElement(change, 0);
            return harness.extractOutputValues();
        }
    }
}
