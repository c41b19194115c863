package io.millrace.cli.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithServers(Server.KAFKA)
class RedriveIT {
    private final Addresses addresses;
    private final KafkaTopics kafka;

    @TempDir
    private Path folder;

    RedriveIT(Addresses addresses) {
        this.addresses = addresses;
        this.kafka = new KafkaTopics(addresses.kafkaBootstrap());
    }

    @Test
    void sendsEachRecordOnceToItsPipelineAlone() {
        String topic = topic("it-redrive", "first-sync.redrive", "second-sync.redrive");
        kafka.write(List.of(
                letter(topic, "first-sync", "parse", 1, 1),
                letter(topic, "first-sync", "elasticsearch.users", 2, 1),
                letter(topic, "first-sync", "redis.users", 2, 1),
                letter(topic, "second-sync", "parse", 1, 1)));

        CommandLineRun preview = redrive(topic, "--pipeline", "first-sync");
        assertThat(preview.out()).contains("2 of 2 would be sent again; --yes sends them");
        assertThat(kafka.read("first-sync.redrive")).isEmpty();

        CommandLineRun sent = redrive(topic, "--pipeline", "first-sync", "--yes");
        assertThat(sent.code()).as(sent.err()).isZero();
        assertThat(sent.out()).contains("sent 2 again, to first-sync.redrive");
        assertThat(kafka.read("second-sync.redrive")).isEmpty();
        List<ConsumerRecord<byte[], byte[]>> records = kafka.read("first-sync.redrive");
        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo("key".getBytes(UTF_8));
            assertThat(record.value()).isEqualTo("payload".getBytes(UTF_8));
            assertThat(headers(record))
                    .contains("dlq-attempt=2", "dlq-source-topic=dbserver1.public.users", "own=kept")
                    .hasSize(11);
        });

        assertThat(redrive(topic, "--pipeline", "first-sync", "--yes").out())
                .contains("was sent again before", "sent 0 again");
        assertThat(kafka.read("first-sync.redrive")).hasSize(2);
    }

    @Test
    void parksWhatFailsAgainUntilItIsAskedFor() {
        String topic = topic("it-parked", "parked-sync.redrive");
        kafka.write(List.of(letter(topic, "parked-sync", "parse", 1, 1)));
        redrive(topic, "--yes");
        kafka.write(List.of(letter(topic, "parked-sync", "parse", 1, 2)));

        assertThat(redrive(topic, "--yes").out()).contains("parked: it failed again", "sent 0 again");
        assertThat(redrive(topic, "--yes", "--parked").out()).contains("sent 1 again");
        assertThat(kafka.read("parked-sync.redrive"))
                .extracting(record -> headers(record).get(9))
                .containsExactlyInAnyOrder("dlq-attempt=2", "dlq-attempt=3");
    }

    @Test
    void refusesWhatCannotBeSentAndSaysWhy() {
        String topic = topic("it-refused", "refused-sync.redrive");
        ProducerRecord<byte[], byte[]> captured = letter(topic, "refused-sync", "capture", 1, 1);
        captured.headers().remove("dlq-source-partition").add("dlq-source-partition", "-1".getBytes(UTF_8));
        kafka.write(List.of(
                captured,
                stored(topic, "refused-sync", folder.resolve("nothing"), new byte[] {1}),
                new ProducerRecord<>(topic, "not a letter".getBytes(UTF_8))));

        assertThat(redrive(topic, "--yes").out())
                .contains("it never was in a topic", "a file that is not here", "not written by Millrace")
                .contains("sent 0 again");
        assertThat(kafka.read("refused-sync.redrive")).isEmpty();
    }

    @Test
    void putsBackAPayloadThatIsInAFile() throws Exception {
        String topic = topic("it-stored", "stored-sync.redrive");
        byte[] payload = "large".getBytes(UTF_8);
        Path file = Files.write(folder.resolve("payload"), payload);
        kafka.write(List.of(stored(topic, "stored-sync", file, payload)));

        assertThat(redrive(topic, "--yes").out()).contains("sent 1 again");
        assertThat(kafka.read("stored-sync.redrive")).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(payload);
            assertThat(headers(record)).noneMatch(header -> header.startsWith("dlq-overflow"));
        });
    }

    @Test
    void aMissingTopicIsAnErrorWithTheRemedy() {
        String topic = topic("it-no-redrive");
        kafka.write(List.of(letter(topic, "nobody-sync", "parse", 1, 1)));

        CommandLineRun run = redrive(topic, "--yes");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("no topic nobody-sync.redrive")
                .contains("millrace topics apply --for pipeline=");
        assertThat(redrive(topic, "--rate", "0").code()).isEqualTo(2);
    }

    private CommandLineRun redrive(String topic, String... rest) {
        List<String> arguments = new ArrayList<>(
                List.of("dlq", "redrive", "--bootstrap-servers", addresses.kafkaBootstrap(), "--topic", topic));
        arguments.addAll(List.of(rest));
        return CommandLineRun.ofProject(arguments.toArray(String[]::new));
    }

    /** Creates them, and returns the first. */
    private String topic(String... names) {
        for (String name : names) {
            kafka.create(name, 1);
        }
        return names[0];
    }

    private static ProducerRecord<byte[], byte[]> letter(
            String topic, String pipeline, String stage, int offset, int attempt) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, "key".getBytes(UTF_8), "payload".getBytes(UTF_8));
        Map<String, String> own = Map.of("dlq-source-offset", "" + offset, "dlq-attempt", "" + attempt);
        Letters.headers(pipeline, stage, "java.io.IOException")
                .forEach(header -> letter.headers()
                        .add(
                                header.name(),
                                own.getOrDefault(header.name(), header.text()).getBytes(UTF_8)));
        letter.headers().add("own", "kept".getBytes(UTF_8));
        return letter;
    }

    private static ProducerRecord<byte[], byte[]> stored(String topic, String pipeline, Path file, byte[] payload) {
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
            String reference = "{\"address\":\"" + file.toUri() + "\",\"sha256\":\"" + sha256 + "\",\"size\":"
                    + payload.length + "}";
            ProducerRecord<byte[], byte[]> letter = letter(topic, pipeline, "parse", 5, 1);
            ProducerRecord<byte[], byte[]> replaced =
                    new ProducerRecord<>(topic, null, letter.key(), reference.getBytes(UTF_8), letter.headers());
            replaced.headers().add("dlq-overflow", "value".getBytes(UTF_8));
            return replaced;
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.stream(record.headers().toArray())
                .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .toList();
    }
}
