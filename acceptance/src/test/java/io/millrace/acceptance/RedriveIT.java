package io.millrace.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.acceptance.Checkout.Run;
import io.millrace.local.Addresses;
import io.millrace.local.Ports;
import io.millrace.testing.KafkaTopics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** The way back of a dead letter, by the commands, into the job that wrote it and runs all the time. */
class RedriveIT {

    private static final String TOPIC = "dbserver1.public.users";
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String CONFIGURATION = """
            name: cdc-sync
            source:
              type: kafka
              kafka: {bootstrap-servers: "%s", topics: [%s]}
            targets:
              redis: {uri: "%s"}
            dead-letters:
              overflow-folder: file://%s
            routes:
              - table: public.users
                columns: {id: bigint, email: text}
                redis: {mode: write, key: "user:{id}"}
            """;

    /** Where the version of user 7 belongs; a list there makes Redis refuse the row. */
    private static final String VERSION_KEY = "{user:7}:v";

    private Checkout checkout;
    private KafkaTopics kafka;
    private RedisClient redis;

    @BeforeEach
    void start() throws Exception {
        checkout = Checkout.make("redrive-checkout");
        Addresses addresses = new Addresses(Ports.standard(checkout.portOffset()));
        kafka = new KafkaTopics(addresses.kafkaBootstrap());
        redis = RedisClient.create(URI.create(addresses.redisUri()));
        ok("up", "--only", "kafka,redis,flink");
        ok("topics", "apply", "--for", "table=users", "--for", "pipeline=cdc-sync");
        Files.writeString(
                checkout.root().resolve("sync.yaml"),
                CONFIGURATION.formatted(
                        addresses.kafkaBootstrap(),
                        TOPIC,
                        addresses.redisUri(),
                        checkout.root().resolve("letters")));
    }

    @AfterEach
    void remove() throws Exception {
        redis.close();
        checkout.close();
    }

    @Test
    void whatWasRefusedArrivesOnceItsReasonIsGone() throws Exception {
        redis.lpush(VERSION_KEY, "in the way");
        ok("submit", "cdc", "--config", "sync.yaml");
        kafka.write(List.of(created(7, "ada@example.org"), created(8, "grace@example.org")));
        await().atMost(PATIENCE).until(() -> redis.exists("user:8"));
        awaitLetters(1);

        assertThat(redrive()).contains("sent 1 again");
        awaitLetters(2);
        assertThat(redrive()).contains("parked: it failed again", "sent 0 again");
        assertThat(redis.exists("user:7")).isFalse();

        redis.del(VERSION_KEY);
        assertThat(redrive("--parked")).contains("sent 1 again");
        await().atMost(PATIENCE).until(() -> redis.exists("user:7"));

        assertThat(redis.get("user:7")).contains("ada@example.org");
        awaitLetters(2);
        assertThat(ok("flink", "list").out())
                .contains("cdc-sync")
                .as("it ran all the time")
                .contains("RUNNING");
    }

    private String redrive(String... more) throws Exception {
        Stream<String> command = Stream.of("dlq", "redrive", "--pipeline", "cdc-sync", "--yes");
        return ok(Stream.concat(command, Stream.of(more)).toArray(String[]::new))
                .out();
    }

    private void awaitLetters(int count) {
        await().atMost(PATIENCE).until(() -> kafka.read("dead-letter-queue").size() == count);
    }

    private Run ok(String... command) throws IOException, InterruptedException {
        Run run = checkout.millrace(command);
        assertThat(run.code()).as(run.out()).isZero();
        return run;
    }

    private static ProducerRecord<byte[], byte[]> created(int id, String email) {
        long lsn = 1_000 + 10L * id;
        String envelope = "{\"before\":null,\"after\":{\"id\":" + id + ",\"email\":\"" + email + "\"},\"source\":"
                + "{\"version\":\"2.7.0\",\"connector\":\"postgresql\",\"name\":\"dbserver1\",\"ts_ms\":1700000000000,"
                + "\"snapshot\":\"false\",\"db\":\"postgres\",\"sequence\":\"[\\\"" + (lsn - 10) + "\\\",\\\"" + lsn
                + "\\\"]\",\"schema\":\"public\",\"table\":\"users\",\"txId\":5,\"lsn\":" + lsn
                + "},\"op\":\"c\",\"ts_ms\":1700000000001}";
        return new ProducerRecord<>(TOPIC, ("{\"id\":" + id + "}").getBytes(UTF_8), envelope.getBytes(UTF_8));
    }
}
