package io.millrace.common.sink.deadletter;

import static io.millrace.common.failure.Letters.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.DeadLetterTypeInfo;
import io.millrace.common.failure.DeadLetterWriter;
import io.millrace.common.failure.Letters;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@WithServers(Server.KAFKA)
class DeadLetterIT {

    private static final int MOST_BYTES = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @TempDir
    Path folder;

    private final String topic = "dead-letters-" + UUID.randomUUID();
    private LocalProcess kafka;
    private KafkaTopics topics;
    private DeadLetterConfig config;

    @BeforeEach
    void createTopic(LocalServers servers) {
        String bootstrap = servers.addresses().kafkaBootstrap();
        kafka = servers.process("kafka");
        topics = new KafkaTopics(bootstrap);
        topics.create(topic, 1, Map.of("max.message.bytes", Integer.toString(2 * MOST_BYTES)));
        config = new DeadLetterConfig(new KafkaConnection(bootstrap), topic)
                .withMaxRecordBytes(MOST_BYTES)
                .withOverflowFolder(folder.toUri().toString());
    }

    @AfterEach
    void thaw() {
        kafka.thaw();
    }

    private static void write(DeadLetterConfig config, DeadLetter... letters) throws IOException {
        try (DeadLetterWriter writer = new KafkaDeadLetterQueue(config).open()) {
            writer.write(List.of(letters));
        }
    }

    @Test
    void keepsTheOriginalBytesWithEveryHeader() throws Exception {
        byte[] value = noise(5_000);
        ConsumedRecord tombstone = new ConsumedRecord("t", 0, 9, 8, null, null, List.of());

        write(config, Letters.withValue(value), Letters.of(tombstone));

        List<ConsumerRecord<byte[], byte[]>> records = topics.read(topic);
        assertThat(records).hasSize(2);
        assertThat(records.get(0).key()).isEqualTo(bytes("{\"id\":7}"));
        assertThat(records.get(0).value()).isEqualTo(value);
        assertThat(headers(records.get(0)))
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
        assertThat(records.get(1).key()).isNull();
        assertThat(records.get(1).value()).isNull();
        assertThat(headers(records.get(1))).hasSize(10).contains("dlq-source-offset=9");
    }

    @Test
    void keepsALetterThatKafkaWouldRefuseAsAFile() throws Exception {
        byte[] large = noise(50_000);

        write(config, Letters.withValue(large), Letters.withValue(bytes("small")));

        List<ConsumerRecord<byte[], byte[]>> records = topics.read(topic);
        JsonNode reference = JSON.readTree(records.get(0).value());
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(large));
        assertThat(reference.path("sha256").asText()).isEqualTo(sha256);
        assertThat(reference.path("size").asInt()).isEqualTo(large.length);
        assertThat(Path.of(URI.create(reference.path("address").asText())))
                .hasParent(folder)
                .hasBinaryContent(large);
        assertThat(headers(records.get(0))).contains("dlq-overflow=value", "correlation-id=c-1");
        assertThat(records.get(1).value()).isEqualTo(bytes("small"));
    }

    @Test
    void saysWhatToDoIfKafkaRefusesALetterForItsSize() {
        DeadLetterConfig careless = config.withMaxRecordBytes(1_000_000);

        assertThatThrownBy(() -> write(careless, Letters.withValue(noise(50_000))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not acknowledge all of 1 dead letters")
                .hasMessageContaining("below the topic's max.message.bytes");
        assertThat(topics.read(topic)).isEmpty();
    }

    @Test
    void returnsOnlyWhenKafkaHasTheLetter() throws Exception {
        try (DeadLetterWriter writer = new KafkaDeadLetterQueue(config).open()) {
            kafka.freeze();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    writer.write(List.of(Letters.withValue(bytes("late"))));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            await("the letter is not acknowledged")
                    .during(Duration.ofSeconds(2))
                    .until(() -> !writing.isDone());
            kafka.thaw();
            writing.get(180, TimeUnit.SECONDS);
        }

        assertThat(topics.read(topic))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly("late");
    }

    @Test
    void failsIfKafkaDoesNotAcknowledgeInTime() throws Exception {
        // long enough to open the queue where the machine is slow
        DeadLetterConfig impatient =
                new DeadLetterConfig(config.kafka(), topic, MOST_BYTES, null, Duration.ofSeconds(10));
        try (DeadLetterWriter writer = new KafkaDeadLetterQueue(impatient).open()) {
            kafka.freeze();

            assertThatThrownBy(() -> writer.write(List.of(Letters.withValue(bytes("never")))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not acknowledge all of 1 dead letters");
            kafka.thaw();
        }
    }

    @Test
    void carriesAStreamOfLetters() throws Exception {
        List<DeadLetter> letters = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            letters.add(Letters.withValue(i == 77 ? noise(50_000) : bytes("letter " + i)));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.getConfig().disableGenericTypes();
        env.fromData(letters, DeadLetterTypeInfo.INSTANCE).sinkTo(DeadLetterSink.atLeastOnce(config));

        env.execute("dead letters");

        List<ConsumerRecord<byte[], byte[]>> records = topics.read(topic);
        assertThat(records).hasSize(200);
        assertThat(records)
                .filteredOn(record -> headers(record).contains("dlq-overflow=value"))
                .hasSize(1);
        assertThat(records)
                .extracting(record -> new String(record.value(), UTF_8))
                .contains("letter 0", "letter 199");
    }

    /** Bytes that do not compress. */
    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.stream(record.headers().toArray())
                .map(header -> header.key() + "=" + (header.value() == null ? null : new String(header.value(), UTF_8)))
                .toList();
    }
}
