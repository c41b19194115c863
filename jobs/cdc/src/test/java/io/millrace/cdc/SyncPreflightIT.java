package io.millrace.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.config.Problem;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must be true of topics and routes before a sync from Kafka starts. */
@WithServers(Server.KAFKA)
class SyncPreflightIT {

    private static final String KEY_SCHEMA = "{\"type\":\"struct\",\"fields\":[{\"type\":\"int64\",\"field\":\"id\"}]}";
    private static final String VALUE_SCHEMA = "{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":["
            + "{\"type\":\"int64\",\"field\":\"id\"},{\"type\":\"string\",\"field\":\"email\"}],\"field\":\"after\"}]}";

    private final Addresses addresses;
    private final KafkaTopics topics;
    private final String server = "sync-" + UUID.randomUUID().toString().substring(0, 8);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    SyncPreflightIT(Addresses addresses) {
        this.addresses = addresses;
        this.topics = new KafkaTopics(addresses.kafkaBootstrap());
    }

    @BeforeEach
    void createTopics() {
        topics.create("letters-" + server, 1);
        topics.create(topic("users"), 3);
    }

    @Test
    void everythingThatIsWrongIsSaidTogether() throws Exception {
        topics.create(topic("carts"), 1);
        topics.write(List.of(plain(topic("users"), "users", "{\"id\":1,\"email\":null}")));

        assertThat(problems(listed("users", "carts", "uesrs"), """
                        - {table: public.users, columns: {id: bigint, email: text}, redis: {key: "u:{uid}", exclude: [emial]}}
                        - {table: public.orders, redis: {key: "o:{id}"}}
                        """))
                .satisfiesExactlyInAnyOrder(
                        problem -> says(
                                problem,
                                "source.kafka.topics",
                                "names " + topic("uesrs") + ", which does not exist",
                                "did you mean `" + topic("users") + "`?"),
                        problem -> says(
                                problem,
                                "source.kafka.topics",
                                "has " + topic("carts") + " with [public.carts], which no route names"),
                        problem -> says(problem, "routes[1].table", "is public.orders, but no topic"),
                        problem -> says(problem, "routes[0].redis.key", "did you mean `id`?"),
                        problem -> says(problem, "routes[0].redis.exclude", "did you mean `email`?"));
    }

    @Test
    void theSchemaTellsColumnsWhereThereIsOne() throws Exception {
        topics.write(List.of(wrapped(topic("users"))));

        assertThat(problems(listed("users"), "- {table: public.users, redis: {key: \"u:{i}\", include: [mail]}}"))
                .extracting(Problem::path)
                .containsExactly("routes[0].redis.key", "routes[0].redis.include");
        run(listed("users"), "- {table: public.users, redis: {key: \"u:{id}\", include: [email]}}");
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @Test
    void recordsTellTheTableWhateverTheTopicIsCalled() throws Exception {
        topics.create(server, 1);
        topics.write(List.of(plain(server, "orders", "{\"id\":1}")));
        String both = "topics: [" + server + ", " + topic("users") + "]";

        run(both, """
                - {table: public.users, redis: {key: "u:{id}"}}
                - {table: public.orders, columns: {id: bigint}, redis: {key: "o:{id}"}}
                """);

        assertThat(problems(both, "- {table: public.users, redis: {key: \"u:{id}\"}}"))
                .singleElement()
                .satisfies(problem -> says(problem, "source.kafka.topics", "has " + server + " with [public.orders]"));
    }

    @Test
    void whatCannotBeCheckedIsPrintedAndRefusesNothing() throws Exception {
        topics.create(server, 1);
        topics.create("__debezium-heartbeat." + server, 1);

        run(
                "topics: [" + server + ", " + topic("users") + ", __debezium-heartbeat." + server + "]",
                "- {table: public.users, redis: {key: \"u:{anything}\"}}");

        assertThat(printed.toString(UTF_8).lines())
                .containsExactly(
                        "note: `source.kafka.topics` has " + server + ", whose table neither records nor its name tell:"
                                + " whether it has a route could not be checked",
                        "note: `routes[0].redis` names columns of public.users that could not be checked, because no"
                                + " record tells them yet");
    }

    @Test
    void aPatternMayMatchMoreThanIsRoutedAndMustMatchWhatIs() throws Exception {
        topics.create(topic("carts"), 1);
        String pattern = "topic-pattern: '" + server + "\\..*'";

        run(pattern, "- {table: public.users, redis: {key: \"u:{id}\"}}");
        assertThat(printed.toString(UTF_8)).contains("has " + topic("carts") + " with [public.carts], which no route");

        assertThat(problems(pattern, "- {table: public.orders, redis: {key: \"o:{id}\"}}"))
                .singleElement()
                .satisfies(problem -> says(problem, "routes[0].table", "is public.orders, but no topic"));
    }

    @Test
    void aKafkaThatIsAwayIsOneProblem() throws Exception {
        String yaml = configuration(listed("users"), "- {table: public.users, redis: {key: \"u:{id}\"}}")
                .replace(addresses.kafkaBootstrap(), "no.such.host.invalid:1");

        assertThat(catchThrowableOfType(InvalidConfigurationException.class, () -> run(yaml))
                        .problems())
                .singleElement()
                .satisfies(problem -> says(problem, "source.kafka", "no client for Kafka at no.such.host.invalid:1"));
    }

    @Test
    void rowsWithoutASchemaNeedTheTypesOfTheirColumns() throws Exception {
        topics.write(List.of(plain(topic("users"), "users", "{\"id\":1,\"email\":null}")));

        assertThat(problems(
                        listed("users") + ", catalog: {host: 127.0.0.1, port: 1, database: shop, user: reader}",
                        "- {table: public.users, redis: {key: \"u:{id}\"}}"))
                .satisfiesExactlyInAnyOrder(
                        problem -> says(problem, "source.kafka.catalog", "cannot be asked", "127.0.0.1:1/shop"),
                        problem -> says(
                                problem, "routes[0].columns", "the records of " + topic("users") + " carry no schema"));
        run(listed("users"), "- {table: public.users, redis: {mode: invalidate, key: \"u:{id}\"}}");
        run(listed("users"), "- {table: public.users, columns: {id: int8, email: text}, redis: {key: \"u:{id}\"}}");
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    private String topic(String table) {
        return server + ".public." + table;
    }

    private String listed(String... tables) {
        return "topics: " + List.of(tables).stream().map(this::topic).toList();
    }

    private static void says(Problem problem, String path, String... messages) {
        assertThat(problem.path()).isEqualTo(path);
        assertThat(problem.message()).contains(messages);
    }

    private static ProducerRecord<byte[], byte[]> plain(String topic, String table, String after) {
        return new ProducerRecord<>(
                topic, "{\"id\":1}".getBytes(UTF_8), envelope(table, after).getBytes(UTF_8));
    }

    private static ProducerRecord<byte[], byte[]> wrapped(String topic) {
        return new ProducerRecord<>(
                topic,
                wrap(KEY_SCHEMA, "{\"id\":1}"),
                wrap(VALUE_SCHEMA, envelope("users", "{\"id\":1,\"email\":\"a\"}")));
    }

    private static byte[] wrap(String schema, String payload) {
        return ("{\"schema\":" + schema + ",\"payload\":" + payload + "}").getBytes(UTF_8);
    }

    private static String envelope(String table, String after) {
        return "{\"before\":null,\"after\":" + after + ",\"source\":{\"schema\":\"public\",\"table\":\"" + table
                + "\",\"lsn\":5},\"op\":\"c\"}";
    }

    private void run(String topicsOrPattern, String routes) throws Exception {
        run(configuration(topicsOrPattern, routes));
    }

    private void run(String yaml) throws Exception {
        CdcPreflight.run(Configurations.read(yaml), false, new PrintStream(printed, true, UTF_8));
    }

    private List<Problem> problems(String topicsOrPattern, String routes) throws Exception {
        InvalidConfigurationException refused =
                catchThrowableOfType(InvalidConfigurationException.class, () -> run(topicsOrPattern, routes));
        assertThat(refused).as("problems").isNotNull();
        return refused.problems();
    }

    private String configuration(String topicsOrPattern, String routes) {
        return """
                name: cdc-sync
                source:
                  type: kafka
                  kafka: {bootstrap-servers: "%s", %s}
                targets:
                  redis: {uri: "redis://127.0.0.1:1"}
                dead-letters: {topic: letters-%s, overflow-folder: "file:///tmp/letters"}
                routes:
                %s
                """.formatted(addresses.kafkaBootstrap(), topicsOrPattern, server, routes.indent(2));
    }
}
