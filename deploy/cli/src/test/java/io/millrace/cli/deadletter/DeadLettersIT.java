package io.millrace.cli.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithServers(Server.KAFKA)
class DeadLettersIT {
    private final Addresses addresses;

    @TempDir
    private Path folder;

    DeadLettersIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @Test
    void listsWhatWasCommittedAndFiltersIt() throws Exception {
        String topic = topic("it-letters");
        send(topic, Letters.headers("cdc-sync", "parse", "java.io.IOException"), "no json");
        abort(topic);
        send(topic, Letters.headers("cdc-sync", "elasticsearch.users", "mapper_parsing_exception"), "{\"id\":1}");

        CommandLineRun list = dlq(topic, "list");
        assertThat(list.err()).isEmpty();
        assertThat(list.out())
                .contains("parse", "elasticsearch.users", "field [age] refused")
                .doesNotContain("aborted");

        JsonNode json = new ObjectMapper()
                .readTree(dlq(topic, "list", "--json", "--stage", "parse").out());
        assertThat(json.path("count").asInt()).isEqualTo(1);
        assertThat(json.path("letters").get(0).path("errorClass").asText()).isEqualTo("java.io.IOException");
        assertThat(dlq(topic, "list", "--pipeline", "other").out().strip()).isEqualTo("no dead letters");
        assertThat(dlq(topic, "list", "--error-class", "IOException").out())
                .contains("parse")
                .doesNotContain("users ");
        assertThat(count(topic, "--source-topic", "dbserver1.public.users")).isEqualTo(2);
        assertThat(count(topic, "--source-topic", "dbserver1.public.user")).isZero();
        String first = json.path("letters").get(0).path("time").asText();
        assertThat(count(topic, "--since", first)).isEqualTo(2);
        assertThat(count(topic, "--until", first)).isZero();
        assertThat(count(topic, "--since", "1h", "--until", "0s")).isEqualTo(2);
        assertThat(count(topic, "--until", "1h")).isZero();
        assertThat(dlq(topic, "list", "--since", "yesterday").err())
                .contains("`yesterday` is neither a time with its zone");
    }

    private int count(String topic, String... filter) throws Exception {
        List<String> options = new ArrayList<>(List.of("--json"));
        options.addAll(List.of(filter));
        CommandLineRun list = dlq(topic, "list", options.toArray(String[]::new));
        return new ObjectMapper().readTree(list.out()).path("count").asInt();
    }

    @Test
    void showsAndSavesOneLetter() throws Exception {
        String topic = topic("it-letter");
        byte[] payload = "\u001b[2J\u0000 bytes".getBytes(UTF_8);
        send(topic, Letters.headers("cdc-sync", "parse", "java.io.IOException"), payload);

        Path saved = folder.resolve("payload.bin");
        CommandLineRun show = dlq(topic, "show", "0:0", "--save", saved.toString());
        assertThat(show.code()).isZero();
        assertThat(show.out())
                .contains("stage             parse", "00000000  1b 5b 32 4a 00")
                .doesNotContain("\u001b");
        assertThat(saved).hasBinaryContent(payload);

        CommandLineRun again = dlq(topic, "show", "0:0", "--save", saved.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("exists already");
        assertThat(Files.readAllBytes(saved)).isEqualTo(payload);
    }

    @Test
    void aLetterThatIsNotThereIsAnErrorThatSaysWhatIs() throws Exception {
        String topic = topic("it-no-letter");
        assertThat(dlq(topic, "show", "0:0").err()).contains("partition 0 of topic `it-no-letter` is empty");
        send(topic, List.of(), "x");
        assertThat(dlq(topic, "show", "0:5").err()).contains("holds the offsets 0 to 0; there is no 5");
        assertThat(dlq(topic, "show", "9:0").err()).contains("has no partition 9; it has 0 to 0");
    }

    @Test
    void anOffsetInsideAnAbortedTransactionHoldsNoLetter() throws Exception {
        String topic = topic("it-aborted-letter");
        abort(topic);
        long letter = send(topic, List.of(), "x".getBytes(UTF_8));
        CommandLineRun run = dlq(topic, "show", "0:0");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("there is no letter at 0:0");
        assertThat(dlq(topic, "show", "0:" + letter).code()).isZero();
    }

    @Test
    void aTopicThatDoesNotExistIsAnErrorWithTheRemedy() {
        CommandLineRun run = dlq("it-nowhere", "list");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("it-nowhere").contains("millrace topics apply");
    }

    private CommandLineRun dlq(String topic, String action, String... rest) {
        List<String> arguments = new ArrayList<>(
                List.of("dlq", action, "--bootstrap-servers", addresses.kafkaBootstrap(), "--topic", topic));
        arguments.addAll(List.of(rest));
        return CommandLineRun.ofProject(arguments.toArray(String[]::new));
    }

    private String topic(String name) {
        new KafkaTopics(addresses.kafkaBootstrap()).create(name, 1);
        return name;
    }

    private void send(String topic, List<Letter.Header> headers, String value) throws Exception {
        send(topic, headers, value.getBytes(UTF_8));
    }

    /** Returns the offset of what it wrote. */
    private long send(String topic, List<Letter.Header> headers, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            return producer.send(record(topic, headers, value)).get().offset();
        }
    }

    private void abort(String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(topic, Letters.headers("aborted", "s", "e"), new byte[0]))
                    .get();
            producer.abortTransaction();
        }
        new KafkaTopics(addresses.kafkaBootstrap()).awaitDecided(topic);
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new java.util.HashMap<>(more);
        properties.put("bootstrap.servers", addresses.kafkaBootstrap());
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, List<Letter.Header> headers, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, value);
        headers.forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }
}
