package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.Redriven;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.replay.Generations;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.source.kafka.TopicIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ParseDebeziumTest {

    private static final String TOPIC = "dbserver1.public.users";
    private static final Duration MEMORY = Duration.ofHours(24);
    private static final Redrive REDRIVE = Redrive.of("cdc-sync", Optional.of(MEMORY));

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

    @Test
    void takesALetterBackInItsFirstPlace() throws Exception {
        try (var harness = harness(null)) {
            process(harness, record(1, change(900)));
            process(harness, letter(1_000, change(100), Long.toString(Version.of(1, 100))));
            process(harness, letter(1_000, null, Long.toString(Version.of(1, 200))));
            process(harness, record(1, null));

            List<RowChange> taken = harness.extractOutputValues();
            assertThat(taken)
                    .extracting(RowChange::version)
                    .as("what was read since decides nothing, nor is it moved back; an equal version would win")
                    .containsExactly(Version.of(1, 900), Version.of(1, 99), Version.of(1, 199), Version.of(1, 900));
            assertThat(taken.get(1).origin()).satisfies(origin -> {
                assertThat(origin.topic()).isEqualTo(TOPIC);
                assertThat(origin.partition()).isEqualTo(1);
                assertThat(origin.offset()).isEqualTo(77);
                assertThat(Redriven.attempt(origin)).isEqualTo(2);
                assertThat(Redriven.original(origin).headers())
                        .extracting(Header::name)
                        .containsExactly("own");
            });
        }
    }

    @Test
    void aLetterThatFailsAgainIsOneAttemptFurtherAndElseTheSame() throws Exception {
        try (var harness = harness(null)) {
            process(harness, letter(1_000, "{", "-1"));

            assertThat(letters(harness)).singleElement().satisfies(letter -> {
                assertThat(letter.attempt()).isEqualTo(2);
                assertThat(letter.errorMessage()).contains("not JSON");
                assertThat(letter.record().offset()).isEqualTo(77);
                assertThat(letter.record().headers()).extracting(Header::name).containsExactly("own");
            });
        }
    }

    @Test
    void refusesALetterOlderThanTheDeletionsThatTargetsRemember() throws Exception {
        try (var harness = harness(null)) {
            harness.setProcessingTime(MEMORY.toMillis() + 1_000);
            process(harness, letter(1_001, change(100), "100"));
            process(harness, letter(1_000, change(100), "100"));
            process(harness, record(1, change(100)));

            assertThat(harness.extractOutputValues()).hasSize(2);
            assertThat(letters(harness)).singleElement().satisfies(letter -> {
                assertThat(letter.errorClass()).isEqualTo("ForgottenException");
                assertThat(letter.record().timestamp()).isEqualTo(1_000);
                assertThat(letter.attempt()).isEqualTo(2);
            });
        }
    }

    @Test
    void refusesInTheRedriveTopicWhatIsNoLetter() throws Exception {
        try (var harness = harness(null)) {
            process(harness, new ConsumedRecord(REDRIVE.topic(), 0, 3, 1_000, null, bytes("x"), List.of()));

            assertThat(letters(harness)).singleElement().satisfies(letter -> {
                assertThat(letter.errorMessage()).contains("no header `dlq-source-topic`");
                assertThat(letter.record().topic()).isEqualTo(REDRIVE.topic());
            });
        }
    }

    private static ConsumedRecord letter(long timestamp, String value, String version) {
        List<Header> headers = List.of(
                new Header("dlq-source-topic", bytes(TOPIC)),
                new Header("dlq-source-partition", bytes("1")),
                new Header("dlq-source-offset", bytes("77")),
                new Header("dlq-source-timestamp", bytes(Long.toString(timestamp))),
                new Header("dlq-version", bytes(version)),
                new Header("dlq-attempt", bytes("2")),
                new Header("own", bytes("kept")));
        return new ConsumedRecord(
                REDRIVE.topic(), 0, 3, 5_000, bytes("{\"id\":1}"), value == null ? null : bytes(value), headers);
    }

    private static List<DeadLetter> letters(OneInputStreamOperatorTestHarness<ConsumedRecord, RowChange> harness) {
        return harness.getSideOutput(ParseDebezium.DEAD_LETTERS).stream()
                .map(StreamRecord::getValue)
                .toList();
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
        var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new ParseDebezium(
                "cdc-sync",
                generations,
                JsonLimits.DEFAULT,
                DeclaredTables.NONE,
                REDRIVE,
                TopicIds.unknown(),
                Duration.ZERO)));
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
