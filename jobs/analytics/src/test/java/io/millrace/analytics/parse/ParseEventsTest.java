package io.millrace.analytics.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.PageViewSerializer;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.sink.deadletter.DeadLetterConfig;
import io.millrace.common.sink.deadletter.DeadLetters;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.KafkaRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.types.Either;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParseEventsTest {

    private final List<Either<DeadLetter, PageView>> read = new ArrayList<>();
    private final ParseEvents<PageView> views = new ParseEvents<>(
            "page-views",
            PageViewParser::new,
            EventLimits.DEFAULT,
            PageViewSerializer.TYPE,
            "analytics",
            Redrive.of("analytics", Optional.empty()));

    @BeforeEach
    void open() {
        views.open(null);
    }

    @Test
    void makesAnEventOrADeadLetterOfEachRecord() {
        deserialize(record("page-views", "{\"pageUrl\":\"/\"}"));
        deserialize(record("page-views", "{"));
        deserialize(record("page-views", null));

        assertThat(read).extracting(Either::isRight).containsExactly(true, false, false);
        DeadLetter letter = read.get(1).left();
        assertThat(letter.pipeline()).isEqualTo("analytics");
        assertThat(letter.stage()).isEqualTo("parse");
        assertThat(letter.record().offset()).isEqualTo(7);
        assertThat(letter.record().value()).isEqualTo(bytes("{"));
        assertThat(letter.record().header("correlation-id")).isEqualTo(bytes("c"));
    }

    @Test
    void takesBackItsOwnDeadLettersAndKnowsThemByTheirPlace() throws IOException {
        ProducedRecord sent = letter(
                new ConsumedRecord("page-views", 2, 99, 5_000, null, bytes("{\"pageUrl\":\"/again\"}"), List.of()));
        deserialize(redriven(sent));
        deserialize(redriven(letter(new ConsumedRecord("user-actions", 2, 99, 5_000, null, bytes("{}"), List.of()))));

        assertThat(read).singleElement().satisfies(only -> {
            assertThat(only.right().pageUrl()).isEqualTo("/again");
            assertThat(only.right().stamp().timestamp()).isEqualTo(5_000);
            assertThat(only.right().stamp().offset()).isEqualTo(99);
            assertThat(only.right().stamp().id()).isEqualTo(EventId.of("page-views:2:99"));
        });
    }

    @Test
    void countsTheAttemptsOfALetterThatIsStillBroken() throws IOException {
        deserialize(redriven(letter(new ConsumedRecord("page-views", 2, 99, 5_000, null, bytes("{}"), List.of()))));

        assertThat(read).singleElement().satisfies(only -> {
            assertThat(only.left().attempt()).isEqualTo(2);
            assertThat(only.left().record().topic()).isEqualTo("page-views");
        });
    }

    private static ProducedRecord letter(ConsumedRecord record) throws IOException {
        return new DeadLetters(new DeadLetterConfig(new KafkaConnection("none:1"), "dead-letter-queue"))
                .toRecord(new DeadLetter(record, -1, "analytics", "parse", "E", "m", 2));
    }

    private static ConsumerRecord<byte[], byte[]> redriven(ProducedRecord sent) {
        ProducerRecord<byte[], byte[]> record = KafkaRecords.toKafka(sent);
        return new ConsumerRecord<>(
                "analytics.redrive",
                0,
                1,
                9_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    private void deserialize(ConsumerRecord<byte[], byte[]> record) {
        views.deserialize(record, new ListCollector<>(read));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("correlation-id", bytes("c"));
        return new ConsumerRecord<>(
                topic,
                0,
                7,
                1_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value == null ? null : bytes(value),
                headers,
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
