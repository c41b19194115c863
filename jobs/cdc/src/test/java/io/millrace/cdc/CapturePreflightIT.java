package io.millrace.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.config.Problem;
import io.millrace.common.replay.Version;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What must be true of database, topics and routes before a capture starts. */
@WithServers({Server.POSTGRES, Server.KAFKA})
class CapturePreflightIT {

    private final Addresses addresses;
    private final KafkaTopics topics;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private String prefix;
    private PreflightDatabase database;

    CapturePreflightIT(Addresses addresses) {
        this.addresses = addresses;
        this.topics = new KafkaTopics(addresses.kafkaBootstrap());
    }

    @BeforeEach
    void createTables(TestInfo test) throws SQLException {
        String name =
                "preflight_" + Integer.toUnsignedString(test.getDisplayName().hashCode());
        prefix = name.replace('_', '-');
        database = new PreflightDatabase(addresses, name);
        database.execute(
                "CREATE TABLE users (id int PRIMARY KEY, email text, code text, UNIQUE (code))",
                "CREATE TABLE orders (id int, line int, PRIMARY KEY (id) INCLUDE (line))",
                "CREATE TABLE items (id int PRIMARY KEY)",
                "CREATE TABLE carts (id int PRIMARY KEY)",
                "CREATE TABLE keyless (id int)");
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void everythingThatIsWrongIsSaidTogetherAndNothingIsChanged() throws Exception {
        topics.create(topic("users"), 1);
        topics.create(topic("orders"), 1, Map.of("cleanup.policy", "compact,delete"));
        topics.create(topic("items"), 1, Map.of("cleanup.policy", "compact", "max.message.bytes", "999999"));
        topics.createCompacted(topic("keyless"), 1);
        topics.create("letters-" + prefix, 1, Map.of("max.message.bytes", "1000"));

        assertThat(problems(0, """
                        - {table: public.users, kafka: {}, redis: {key: "u:{idd}", include: [id, emial]}}
                        - {table: public.orders, kafka: {}, redis: {key: "o:{id}:{line}"}}
                        - {table: public.items, kafka: {}}
                        - {table: public.carts, kafka: {}}
                        - {table: public.keyless, kafka: {}}
                        """))
                .satisfiesExactlyInAnyOrder(
                        problem -> says(problem, "topics." + topic("users"), "has cleanup.policy = delete;"),
                        problem -> says(problem, "topics." + topic("orders"), "has cleanup.policy = compact,delete;"),
                        problem -> says(problem, "topics." + topic("items"), "has max.message.bytes = 999999, below"),
                        problem -> says(problem, "topics." + topic("carts"), "does not exist at"),
                        problem -> says(problem, "topics.letters-" + prefix, "has max.message.bytes = 1000, below"),
                        problem -> says(problem, "tables.public.keyless", "has no primary key"),
                        problem -> says(problem, "routes[0].redis.key", "did you mean `id`?"),
                        problem -> says(problem, "routes[0].redis.include", "did you mean `email`?"),
                        problem -> says(problem, "routes[1].redis.key", "names [line], but the table's key is [id]"));
        assertThat(slots()).isEqualTo("0");
    }

    @Test
    void aDatabaseAndAKafkaThatAreAwayAreSaidTogether() throws Exception {
        String yaml = configuration(0, "- {table: public.users, kafka: {}}")
                .replace("port: " + addresses.postgresPort(), "port: 1")
                .replace(
                        "bootstrap-servers: \"" + addresses.kafkaBootstrap(),
                        "bootstrap-servers: \"no.such.host.invalid:1");

        assertThat(problems(yaml)).extracting(Problem::path).containsExactly("targets.kafka", "source");
    }

    @Test
    void startsWhereNothingIsWrong() throws Exception {
        prepareUsers();

        assertThat(run(0)).isPositive();

        assertThat(slots()).isEqualTo("1");
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @Test
    void startsAboveEveryPublishedVersionOfItsGeneration() throws Exception {
        prepareUsers();
        long far = Version.MAX_POSITION / 2;
        topics.write(List.of(
                record(0, "c", Version.of(1, far - 7), "false"),
                record(0, "d", Version.of(1, 500), "true"),
                record(1, "c", Version.of(1, far), "false")));

        assertThat(run(1)).isEqualTo(far + 1);
        database.dropSlot();
        assertThat(run(2)).isLessThan(far);
    }

    /** Its snapshot may be unread yet. */
    @Test
    void goesOnFromASavepointAboveThemToo() throws Exception {
        prepareUsers();
        run(0);
        long far = Version.MAX_POSITION / 2;
        topics.write(List.of(record(1, "c", far, "false")));

        assertThat(run(configuration(0, "- {table: public.users, kafka: {}}"), true))
                .isEqualTo(far + 1);
    }

    @Test
    void looksBehindWhatASweepDeleted() throws Exception {
        prepareUsers();
        long far = Version.MAX_POSITION / 2;
        topics.write(List.of(record(0, "c", far, "false")));
        for (int i = 0; i < 5; i++) {
            topics.write(Collections.nCopies(1_000, record(0, "d", 500, "true")));
        }

        assertThat(run(0)).isEqualTo(far + 1);
    }

    @Test
    void refusesALowerGenerationThanIsPublished() throws Exception {
        prepareUsers();
        topics.write(List.of(record(0, "c", Version.of(4, 1), "false")));

        assertThat(problems(3, "- {table: public.users, kafka: {}}"))
                .singleElement()
                .satisfies(problem -> says(problem, "generation", "Set `generation` to 4, or higher"));
        assertThat(slots()).isEqualTo("0");
    }

    private void prepareUsers() {
        topics.createCompacted(topic("users"), 2);
        topics.create("letters-" + prefix, 1);
    }

    private String topic(String table) {
        return prefix + ".public." + table;
    }

    private String slots() throws SQLException {
        return database.value("SELECT count(*) FROM pg_replication_slots WHERE database = current_database()");
    }

    private static void says(Problem problem, String path, String message) {
        assertThat(problem.path()).isEqualTo(path);
        assertThat(problem.message()).contains(message);
    }

    private ProducerRecord<byte[], byte[]> record(int partition, String op, long version, String snapshot) {
        String value = "{\"before\":null,\"after\":" + (op.equals("d") ? "null" : "{\"id\":1}")
                + ",\"source\":{\"schema\":\"public\",\"table\":\"users\",\"snapshot\":\"" + snapshot
                + "\",\"lsn\":5},\"op\":\"" + op + "\"}";
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic("users"), partition, "{\"id\":1}".getBytes(UTF_8), value.getBytes(UTF_8));
        record.headers().add(Version.HEADER, Long.toString(version).getBytes(UTF_8));
        return record;
    }

    private long run(int generation) throws Exception {
        return run(configuration(generation, "- {table: public.users, kafka: {}}"), false);
    }

    private long run(String yaml, boolean restored) throws Exception {
        return CdcPreflight.run(Configurations.read(yaml), restored, new PrintStream(printed, true, UTF_8))
                .position();
    }

    private List<Problem> problems(int generation, String routes) throws Exception {
        return problems(configuration(generation, routes));
    }

    private List<Problem> problems(String yaml) throws Exception {
        InvalidConfigurationException refused =
                catchThrowableOfType(InvalidConfigurationException.class, () -> run(yaml, false));
        assertThat(refused).as("problems").isNotNull();
        return refused.problems();
    }

    private String configuration(int generation, String routes) {
        return "name: cdc-capture\ngeneration: " + generation + "\n" + database.source()
                + """
                targets:
                  kafka: {bootstrap-servers: "%s", topic-prefix: %s}
                  redis: {uri: "redis://127.0.0.1:1"}
                dead-letters: {topic: letters-%s, overflow-folder: "file:///tmp/letters"}
                routes:
                %s
                """.formatted(addresses.kafkaBootstrap(), prefix, prefix, routes.indent(2));
    }
}
