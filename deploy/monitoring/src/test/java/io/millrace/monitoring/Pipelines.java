package io.millrace.monitoring;

import static org.awaitility.Awaitility.await;

import io.millrace.local.Addresses;
import io.millrace.local.LocalServers;
import io.millrace.local.Port;
import io.millrace.local.ProjectRoot;
import io.millrace.testing.FlinkRest;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.Warehouse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The project's jobs on a real cluster, and enough for each of their metrics to tell something. */
final class Pipelines implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<Port> REPORTERS =
            List.of(Port.FLINK_JOBMANAGER_METRICS, Port.FLINK_TASKMANAGER_1_METRICS, Port.FLINK_TASKMANAGER_2_METRICS);
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

    private final LocalServers servers;
    private final Addresses at;
    private final KafkaTopics topics;
    private final FlinkRest flink;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> jobs = new ArrayList<>();
    private int row;

    private Pipelines(LocalServers servers) {
        this.servers = servers;
        this.at = servers.addresses();
        this.topics = new KafkaTopics(at.kafkaBootstrap());
        this.flink = FlinkRest.of(servers);
    }

    /** Starts a capture, a sync, analytics and an archive that is verified. */
    static Pipelines start(LocalServers servers) throws Exception {
        Pipelines pipelines = new Pipelines(servers);
        Warehouse.migrated(servers.addresses().clickhouseUrl());
        pipelines.topics.createCompacted("boards.public.users", 1);
        for (String topic : List.of(
                "page-views",
                "user-actions",
                "metrics",
                "late-events",
                "high-value-user-detected",
                "alerts",
                "audit-digests",
                "boards-letters")) {
            pipelines.topics.create(topic, 1);
        }
        pipelines.topics.create("audit-logs", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        pipelines.execute("CREATE TABLE public.users (id bigint PRIMARY KEY, email text NOT NULL)");
        pipelines.write();
        pipelines.submit("cdc", pipelines.capture());
        pipelines.submit("cdc", pipelines.sync());
        pipelines.submit("analytics", pipelines.analytics());
        pipelines.submit("audit", pipelines.audit());
        pipelines.jobs.forEach(pipelines.flink::awaitRunning);
        return pipelines;
    }

    /** Writes something of everything until each metric has told of it, and returns what the reporters show then. */
    Exposition awaitEverything() {
        return await("a value of each metric")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> {
                            write();
                            return scrape();
                        },
                        Pipelines::isComplete);
    }

    private static boolean isComplete(Exposition shown) {
        return Stream.of(
                                "millrace_table_recordsIn",
                                "millrace_table_target_recordsOut",
                                "millrace_table_target_deadLettered",
                                "millrace_table_target_commitToTargetMillis",
                                "millrace_reason_skipped",
                                "millrace_retainedWalBytes",
                                "millrace_result_duplicates",
                                "millrace_result_late",
                                "millrace_archive_wholeVerifiedAt",
                                "currentOutputWatermark")
                        .allMatch(metric -> shown.greatest(OPERATOR + metric) > 0)
                && shown.greatest("flink_jobmanager_job_numberOfCompletedCheckpoints") > 3
                && Stream.of("redis", "clickhouse", "kafka")
                        .allMatch(target -> shown.series().stream()
                                .anyMatch(each -> each.metric().endsWith("_recordsOut")
                                        && target.equals(each.labels().get("target"))));
    }

    Exposition scrape() {
        StringBuilder text = new StringBuilder();
        for (Port reporter : REPORTERS) {
            URI uri = URI.create(
                    "http://" + Addresses.HOST + ":" + servers.ports().get(reporter) + "/metrics");
            text.append(http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .join()
                    .body());
        }
        return Exposition.parse(text.toString());
    }

    /** One of each kind: a row, events of now, one of them twice, one that is no JSON, and one that comes far too late. */
    void write() throws SQLException {
        row++;
        execute("INSERT INTO public.users VALUES (" + row + ", 'user@example.org')");
        Instant now = Instant.now();
        String view = "{\"eventId\":\"%s\",\"pageUrl\":\"/\",\"userId\":\"u\",\"timestamp\":\"%s\"}";
        String action = "{\"userId\":\"u\",\"sessionId\":\"s\",\"type\":\"purchase\",\"amount\":\"1.50\","
                + "\"currency\":\"EUR\",\"timestamp\":\"%s\"}";
        String sample = "{\"service\":\"shop\",\"route\":\"/\",\"method\":\"GET\",\"status\":200,\"durationMs\":7,"
                + "\"timestamp\":\"%s\"}";
        topics.write(Stream.of(
                        record("page-views", view.formatted("v" + row, now)),
                        record("page-views", view.formatted("v" + row, now)),
                        record("page-views", view.formatted("late" + row, now.minus(Duration.ofHours(3)))),
                        record("page-views", "no view"),
                        record("user-actions", action.formatted(now)),
                        record("metrics", sample.formatted(now)),
                        record("audit-logs", "{\"eventType\":\"READ\",\"userId\":\"u\"}"))
                .toList());
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String value) {
        return new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8));
    }

    private String capture() {
        return common("cdc-capture")
                + """
                source:
                  type: postgres
                  postgres: {host: %s, port: %d, database: %s, user: %s, slot: boards, publication: boards,
                             heartbeat-interval: 1 s}
                targets:
                  kafka: {bootstrap-servers: "%s", topic-prefix: boards}
                routes:
                  - {table: public.users, kafka: {}}
                """.formatted(
                                at.postgresHost(),
                                at.postgresPort(),
                                at.postgresDatabase(),
                                at.postgresUser(),
                                at.kafkaBootstrap());
    }

    private String sync() {
        return common("cdc-sync") + """
                source:
                  type: kafka
                  kafka: {bootstrap-servers: "%s", topics: [boards.public.users]}
                targets:
                  redis: {uri: "%s"}
                  clickhouse: {url: "%s", database: boards, batch: {interval: 200 ms}}
                routes:
                  - {table: public.users, redis: {mode: write, key: "boards:user:{id}"}, clickhouse: {}}
                """.formatted(at.kafkaBootstrap(), at.redisUri(), at.clickhouseUrl());
    }

    private String analytics() {
        return common("analytics") + """
                source:
                  kafka: {bootstrap-servers: "%s"}
                windows: {ahead: 2 d}
                targets:
                  redis: {uri: "%s"}
                  clickhouse: {url: "%s", batch: {interval: 200 ms}}
                """.formatted(at.kafkaBootstrap(), at.redisUri(), at.clickhouseUrl());
    }

    private String audit() throws GeneralSecurityException, IOException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path archive = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "archive");
        return common("audit")
                + """
                source:
                  kafka: {bootstrap-servers: "%s"}
                key-store: {host: %s, port: %d, database: %s, user: %s, master-key: "%s"}
                archive: {name: boards, address: "%s"}
                signing: {key: "%s", public-keys: "%s"}
                verify: {every: 1 s}
                """.formatted(
                                at.kafkaBootstrap(),
                                at.postgresHost(),
                                at.postgresPort(),
                                at.postgresDatabase(),
                                at.postgresUser(),
                                "0f".repeat(32),
                                archive.toUri(),
                                pem("PRIVATE", pair.getPrivate()),
                                pem("PUBLIC", pair.getPublic()));
    }

    /** Returns a key on one line, as a string in YAML. */
    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + " KEY-----\\n" + Base64.getEncoder().encodeToString(key.getEncoded())
                + "\\n-----END " + kind + " KEY-----\\n";
    }

    private static String common(String name) {
        return """
                name: %s
                job: {parallelism: 1, checkpoint-interval: 1 s}
                dead-letters: {topic: boards-letters, overflow-folder: "%s"}
                """.formatted(
                        name, Path.of("target", "overflow").toAbsolutePath().toUri());
    }

    private void submit(String job, String yaml) throws IOException {
        String inline = Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8));
        jobs.add(flink.submit(jar(job), List.of("--config-inline", inline)));
    }

    private static Path jar(String job) throws IOException {
        try (Stream<Path> built = Files.list(ProjectRoot.find().resolve("jobs/" + job + "/target"))) {
            return built.filter(path -> path.getFileName().toString().matches("millrace-" + job + "-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no jar of " + job + "; build with package"));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(at.postgresUrl(), at.postgresUser(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        List<String> alive = flink.jobs();
        jobs.stream().filter(alive::contains).forEach(flink::cancel);
    }
}
