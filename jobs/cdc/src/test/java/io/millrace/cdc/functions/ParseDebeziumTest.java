package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.replay.Generations;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.debezium.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ParseDebeziumTest {

    private static final String TOPIC = "dbserver1.public.users";

    @Test
    void passesOnRowChangesInTheirOrder() throws Exception {
        try (var harness = harness(null)) {
            process(harness, record(1, change(100)));
            process(harness, record(1, change(200)));

            assertThat(harness.extractOutputValues())
                    .extracting(RowChange::version)
                    .containsExactly(Version.of(1, 100), Version.of(1, 200));
            assertThat(harness.getSideOutput(ParseDebezium.DEAD_LETTERS)).isNull();
        }
    }

    @Test
    void turnsWhatCannotBeReadIntoADeadLetterWithItsRecord() throws Exception {
        ConsumedRecord broken = record(1, "{\"op\":");
        try (var harness = harness(null)) {
            process(harness, broken);
            process(harness, record(1, change(100)));

            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.getSideOutput(ParseDebezium.DEAD_LETTERS))
                    .singleElement()
                    .satisfies(element -> {
                        DeadLetter letter = element.getValue();
                        assertThat(letter.record()).isSameAs(broken);
                        assertThat(letter.version()).isEqualTo(RowChange.UNVERSIONED);
                        assertThat(letter.pipeline()).isEqualTo("cdc-sync");
                        assertThat(letter.stage()).isEqualTo("parse");
                        assertThat(letter.errorClass()).isEqualTo("DataException");
                        assertThat(letter.errorMessage()).contains("not JSON");
                        assertThat(letter.attempt()).isEqualTo(1);
                    });
        }
    }

    @Test
    void givesEachRecordTheGenerationOfItsOffset() throws Exception {
        Generations worlds = Generations.beginningAt(List.of(TOPIC + ":1=5", TOPIC + ":1=6," + TOPIC + ":2=6"));
        try (var harness = harness(null, worlds)) {
            process(harness, record(1, change(100)));
            process(harness, record(2, change(100)));
            process(harness, record(3, change(100)));

            assertThat(harness.extractOutputValues())
                    .extracting(RowChange::version)
                    .containsExactly(Version.of(1, 100), Version.of(1, 100), Version.of(2, 100));
        }
    }

    @Test
    void passesOverHeartbeatsWithoutADeadLetter() throws Exception {
        try (var harness = harness(null)) {
            process(harness, record(1, "{\"ts_ms\":1}"));

            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(harness.getSideOutput(ParseDebezium.DEAD_LETTERS)).isNull();
        }
    }

    @Test
    void remembersTheHighestVersionOfAPartitionOverARestart() throws Exception {
        OperatorSubtaskState savepoint;
        try (var harness = harness(null)) {
            process(harness, record(1, change(100)));
            process(harness, record(2, change(900)));
            savepoint = harness.snapshot(1, 1);
        }
        try (var harness = harness(savepoint)) {
            process(harness, record(1, null));
            process(harness, record(2, null));

            assertThat(harness.extractOutputValues())
                    .allSatisfy(change -> assertThat(change.isDelete()).isTrue())
                    .extracting(RowChange::version)
                    .containsExactly(Version.of(1, 100), Version.of(1, 900));
        }
    }

    private static void process(
            OneInputStreamOperatorTestHarness<ConsumedRecord, RowChange> harness, ConsumedRecord record)
            throws Exception {
        harness.processElement(record, record.timestamp());
    }

    private static OneInputStreamOperatorTestHarness<ConsumedRecord, RowChange> harness(OperatorSubtaskState state)
            throws Exception {
        return harness(state, Generations.only(1));
    }

    private static OneInputStreamOperatorTestHarness<ConsumedRecord, RowChange> harness(
            OperatorSubtaskState state, Generations generations) throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new ParseDebezium("cdc-sync", generations, JsonLimits.DEFAULT)));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static ConsumedRecord record(int partition, String value) {
        return new ConsumedRecord(
                TOPIC, partition, 5, 1_000, bytes("{\"id\":1}"), value == null ? null : bytes(value), List.of());
    }

    private static String change(long lsn) {
        return "{\"before\":null,\"after\":{\"id\":1},\"source\":{\"schema\":\"public\",\"table\":\"users\",\"lsn\":"
                + lsn + "},\"op\":\"c\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
