package io.millrace.common.sink.deadletter;

import static io.millrace.common.failure.Letters.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.Letters;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.KafkaRecords;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

    private static final DeadLetterConfig CONFIG =
            new DeadLetterConfig(new KafkaConnection("127.0.0.1:1"), "dead-letter-queue").withMaxRecordBytes(10_000);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void keepsKeyAndBytesAndTellsWhereTheyCameFrom() throws IOException {
        ProducedRecord record = new DeadLetters(CONFIG).toRecord(Letters.withValue(new byte[] {0, (byte) 0xFF}));

        assertThat(record.topic()).isEqualTo("dead-letter-queue");
        assertThat(record.key()).isEqualTo(bytes("{\"id\":7}"));
        assertThat(record.value()).isEqualTo(new byte[] {0, (byte) 0xFF});
        assertThat(record.headers().stream().map(DeadLettersTest::text))
                .containsExactly(
                        "dlq-source-topic=dbserver1.public.users",
                        "dlq-source-partition=3",
                        "dlq-source-offset=42",
                        "dlq-source-timestamp=1700000000000",
                        "dlq-version=5",
                        "dlq-pipeline=cdc-sync",
                        "dlq-stage=parse",
                        "dlq-error-class=io.millrace.Bad",
                        "dlq-error-message=no comma at 17",
                        "dlq-attempt=1",
                        "correlation-id=c-1",
                        "empty=null");
    }

    @Test
    void keepsATombstoneATombstone() throws IOException {
        ConsumedRecord tombstone = new ConsumedRecord("t", 0, 0, 0, null, null, List.of());

        ProducedRecord record = new DeadLetters(CONFIG).toRecord(Letters.of(tombstone));

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
    }

    @Test
    void putsItsOwnHeadersBeforeThoseThatASourceForges() throws IOException {
        ConsumedRecord forged =
                new ConsumedRecord("t", 0, 0, 0, null, null, List.of(new Header("dlq-pipeline", bytes("other"))));

        ProducedRecord record = new DeadLetters(CONFIG).toRecord(Letters.of(forged));

        assertThat(first(record, "dlq-pipeline")).isEqualTo("cdc-sync");
    }

    @Test
    void cutsALongErrorMessageWithoutTearingACharacterApart() throws IOException {
        ConsumedRecord source = new ConsumedRecord("t", 0, 0, 0, null, null, List.of());
        DeadLetter letter = new DeadLetter(source, -1, "p", "s", "e", "x".repeat(998) + "😀".repeat(9), 1);

        String message = first(new DeadLetters(CONFIG).toRecord(letter), "dlq-error-message");

        assertThat(message).isEqualTo("x".repeat(998) + "…");
    }

    @Test
    void writesAnEmptyMessageForAnErrorWithoutOne() throws IOException {
        ConsumedRecord source = new ConsumedRecord("t", 0, 0, 0, null, null, List.of());
        DeadLetter letter = new DeadLetter(source, -1, "p", "s", "e", null, 1);

        assertThat(first(new DeadLetters(CONFIG).toRecord(letter), "dlq-error-message"))
                .isEmpty();
    }

    @Test
    void storesATooLargeValueAsAFileAndSendsItsAddress() throws IOException {
        byte[] large = "v".repeat(20_000).getBytes(StandardCharsets.UTF_8);

        ProducedRecord record = withFolder().toRecord(Letters.withValue(large));

        JsonNode reference = JSON.readTree(record.value());
        assertThat(reference.path("size").asInt()).isEqualTo(20_000);
        assertThat(reference.path("sha256").asText()).hasSize(64);
        assertThat(Path.of(URI.create(reference.path("address").asText())))
                .hasBinaryContent(large)
                .hasFileName(reference.path("sha256").asText());
        assertThat(first(record, "dlq-overflow")).isEqualTo("value");
        assertThat(first(record, "correlation-id")).isEqualTo("c-1");
        assertThat(record.key()).isEqualTo(bytes("{\"id\":7}"));
    }

    @Test
    void storesTheWholeRecordIfItsHeadersAreTooLarge() throws IOException {
        ConsumedRecord source =
                new ConsumedRecord("t", 0, 9, 0, bytes("k"), bytes("v"), List.of(new Header("huge", new byte[20_000])));

        ProducedRecord record = withFolder().toRecord(Letters.of(source));

        assertThat(KafkaRecords.size(record)).isLessThan(10_000);
        assertThat(first(record, "dlq-overflow")).isEqualTo("record");
        JsonNode file = JSON.readTree(Files.readAllBytes(
                Path.of(URI.create(JSON.readTree(record.value()).path("address").asText()))));
        assertThat(file.path("key").binaryValue()).isEqualTo(bytes("k"));
        assertThat(file.path("value").binaryValue()).isEqualTo(bytes("v"));
        assertThat(file.path("headers").path(0).path("name").asText()).isEqualTo("huge");
        assertThat(file.path("headers").path(0).path("value").binaryValue()).hasSize(20_000);
    }

    @Test
    void storesOnePayloadOnceHoweverOftenItIsRefused() throws IOException {
        byte[] large = new byte[20_000];

        ProducedRecord first = withFolder().toRecord(Letters.withValue(large));
        ProducedRecord again = withFolder().toRecord(Letters.withValue(large));

        assertThat(again.value()).isEqualTo(first.value());
        assertThat(folder.resolve("overflow").toFile().list()).hasSize(1);
    }

    @Test
    void mendsAFileThatWasCutShort() throws IOException {
        byte[] large = new byte[20_000];
        ProducedRecord record = withFolder().toRecord(Letters.withValue(large));
        Path file =
                Path.of(URI.create(JSON.readTree(record.value()).path("address").asText()));
        Files.write(file, new byte[3]);

        withFolder().toRecord(Letters.withValue(large));

        assertThat(file).hasBinaryContent(large);
    }

    @Test
    void failsWithTheRemedyIfThereIsNoFolderForATooLargeValue() throws IOException {
        DeadLetters letters = new DeadLetters(CONFIG);

        assertThatThrownBy(() -> letters.toRecord(Letters.withValue(new byte[20_000])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("(dbserver1.public.users, partition 3, offset 42)")
                .hasMessageContaining("limit of 10000 bytes")
                .hasMessageContaining("set dead-letters.overflow-folder");
    }

    @Test
    void failsAtOnceIfTheFolderCannotBeUsed() {
        DeadLetterConfig config = CONFIG.withOverflowFolder("no-such-file-system://host/folder");

        assertThatThrownBy(() -> new DeadLetters(config))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("dead-letters.overflow-folder is no-such-file-system://host/folder");
    }

    private DeadLetters withFolder() throws IOException {
        return new DeadLetters(
                CONFIG.withOverflowFolder(folder.resolve("overflow").toUri().toString()));
    }

    private static String text(Header header) {
        byte[] value = header.value();
        return header.name() + "=" + (value == null ? null : new String(value, StandardCharsets.UTF_8));
    }

    private static String first(ProducedRecord record, String name) {
        return record.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
