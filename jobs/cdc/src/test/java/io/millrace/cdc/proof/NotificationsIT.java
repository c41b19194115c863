package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * From an update in Postgres to the clients of a Socket.IO server, which is the example of the documentation: captured
 * to a topic, and told from there.
 */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int USERS = 6;

    private final LocalServers servers;
    private final int port;
    private CdcPipeline pipeline;
    private String topic;
    private String notifications;
    private JobInProcess capture;
    private NodeProcess server;

    NotificationsIT(LocalServers servers) throws IOException {
        this.servers = servers;
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    @BeforeAll
    void begin() throws Exception {
        NodeProcess.install();
        server = NodeProcess.start(
                "server.js",
                Map.of(
                        "PORT",
                        Integer.toString(port),
                        "REDIS_URL",
                        servers.addresses().redisUri()));
        pipeline = CdcPipeline.open("notify", servers);
        topic = pipeline.names().topic("users");
        notifications = pipeline.names().topicPrefix() + "-notifications";
        pipeline.topics().create(notifications, 1);
        pipeline.execute("INSERT INTO users (id, email, name) SELECT id, id || '@first', 'Ada' FROM generate_series(1, "
                + USERS + ") AS id");
        capture = pipeline.captureHere(List.of("users"));
        awaitRecords(USERS);
    }

    @AfterAll
    void end() throws Exception {
        try (CdcPipeline closedLast = pipeline;
                JobInProcess closedSecond = capture;
                NodeProcess closedFirst = server) {
            assertThat(closedFirst.lines()).isEmpty();
        }
    }

    @Test
    void theRoomOfARowIsToldWhatHasChangedAndNobodyElse() throws Exception {
        update("name = 'history', email = id || '@history'", 1, 2);
        try (NodeProcess one = client("every.js", 1);
                NodeProcess two = client("every.js", 2);
                JobInProcess job = JobInProcess.start(arguments("told", ""))) {
            pipeline.awaitDrained(job, List.of(topic));
            update("email = '1@second'", 1);
            update("email = email, logins = logins + 1", 1);
            update("name = NULL, email = '1@third'", 1);
            update("active = false", 2);
            one.await(3);
            two.await(2);

            assertThat(changes(one))
                    .containsExactly("{\"email\":\"1@second\"}", "{\"email\":\"1@third\",\"name\":null}");
            assertThat(changes(two)).containsExactly("{\"active\":false}");
            JsonNode first = updates(one).get(0);
            assertThat(first.path("table").asText()).isEqualTo("public.users");
            assertThat(first.path("operation").asText()).isEqualTo("update");
            assertThat(first.path("key")).isEqualTo(JSON.readTree("{\"id\":1}"));
            assertThat(first.path("version").asText()).matches("\\d{19}");
            assertThat(first.path("at").asText()).matches("20\\d\\d-\\d\\d-\\d\\dT.*Z");
            assertThat(inTopic("user:1")).isEqualTo(updates(one));
            assertThat(inTopic("user:2")).isEqualTo(updates(two));
            assertThat(pipeline.topics().read(pipeline.names().deadLetters())).isEmpty();
        }
    }

    @Test
    void aRestoredJobTellsAgainWithTheSameIdWhatItDoesNotKnowToBeTold() throws Exception {
        String savepoint;
        try (JobInProcess job = JobInProcess.start(arguments("again", ""))) {
            pipeline.awaitDrained(job, List.of(topic));
            savepoint = job.stop(pipeline.savepoints());
        }
        try (NodeProcess every = client("every.js", 3);
                NodeProcess client = client("client.js", 3)) {
            update("email = '3@second'", 3);
            for (int time = 1; time <= 2; time++) {
                try (JobInProcess job = JobInProcess.start(arguments("again", ""), savepoint)) {
                    every.await(1 + time);
                }
            }

            assertThat(updates(every)).hasSize(2);
            assertThat(updates(every).get(1)).isEqualTo(updates(every).get(0));
            assertThat(client.lines()).containsExactly("{\"connected\":true}", "{\"email\":\"3@second\"}");
        }
    }

    @Test
    void nobodyIsToldBehindTheFenceAndEverybodyWithoutOne() throws Exception {
        update("email = '5@behind'", 5);
        String fence = TopicEnds.of(servers.addresses().kafkaBootstrap(), List.of(topic)).entrySet().stream()
                .map(end -> end.getKey().topic() + ":" + end.getKey().partition() + "=" + end.getValue())
                .collect(Collectors.joining(","));
        update("email = '5@past'", 5);
        try (NodeProcess five = client("every.js", 5)) {
            try (JobInProcess replay = JobInProcess.start(arguments("fenced", "fence: \"" + fence + "\""))) {
                five.await(2);
                pipeline.awaitDrained(replay, List.of(topic));
                assertThat(changes(five)).containsExactly("{\"email\":\"5@past\"}");
            }
            try (JobInProcess control = JobInProcess.start(arguments("unfenced", "fence: none"))) {
                five.await(4);
                pipeline.awaitDrained(control, List.of(topic));
            }

            assertThat(changes(five))
                    .containsExactly("{\"email\":\"5@past\"}", "{\"email\":\"5@behind\"}", "{\"email\":\"5@past\"}");
            assertThat(updates(five).get(2)).isEqualTo(updates(five).get(0));
        }
    }

    /** What readers copy is what runs above. */
    @Test
    void theDocumentationShowsTheExample() throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "cdc.md"));
        for (String file : List.of("server.js", "client.js")) {
            Path example = Path.of("..", "..", "docs", "examples", "notifications", file);
            assertThat(page).contains("```js\n" + Files.readString(example) + "```");
        }
    }

    private NodeProcess client(String program, int user) throws IOException {
        NodeProcess client = NodeProcess.start(
                program, Map.of("SERVER_URL", "http://127.0.0.1:" + port, "USER_ID", Integer.toString(user)));
        client.await(1);
        return client;
    }

    /** Returns when the topic has the change of each row. */
    private void update(String set, Integer... ids) throws Exception {
        int before = pipeline.topics().read(topic).size();
        String rows = Stream.of(ids).map(String::valueOf).collect(Collectors.joining(", "));
        pipeline.execute("UPDATE users SET " + set + " WHERE id IN (" + rows + ")");
        awaitRecords(before + ids.length);
    }

    private void awaitRecords(int count) {
        await(count + " records in " + topic)
                .atMost(PATIENCE)
                .until(() -> pipeline.topics().read(topic).size() == count);
    }

    private static List<JsonNode> updates(NodeProcess client) throws IOException {
        List<JsonNode> updates = new ArrayList<>();
        for (String line : client.lines()) {
            if (!line.equals("connected")) {
                assertThat(line).startsWith("profile-updated {");
                updates.add(JSON.readTree(line.substring(line.indexOf('{'))));
            }
        }
        return updates;
    }

    private static List<String> changes(NodeProcess client) throws IOException {
        return updates(client).stream()
                .map(update -> update.path("changed").toString())
                .toList();
    }

    /** Returns what the topic says to a room, without what is of the record alone. */
    private List<JsonNode> inTopic(String room) throws IOException {
        List<JsonNode> updates = new ArrayList<>();
        for (var record : pipeline.topics().read(notifications)) {
            var update = (ObjectNode) JSON.readTree(record.value());
            if (update.remove("room").asText().equals(room)) {
                assertThat(update.remove("event").asText()).isEqualTo("profile-updated");
                updates.add(update);
            }
        }
        return updates;
    }

    private List<String> arguments(String name, String more) {
        return JobFiles.inline("""
                name: %s
                %s
                job: {parallelism: 2, checkpoint-interval: 300 ms}
                source:
                  type: kafka
                  kafka: {bootstrap-servers: "%s", topics: [%s]}
                targets:
                  notifications:
                    redis: {uri: "%s"}
                    kafka: {bootstrap-servers: "%s", topic: %s}
                dead-letters: {topic: %s, overflow-folder: "%s"}
                routes:
                  - table: public.users
                    notifications: {event: profile-updated, room: "user:{id}", columns: [email, name, active]}
                """.formatted(
                        name,
                        more,
                        servers.addresses().kafkaBootstrap(),
                        topic,
                        servers.addresses().redisUri(),
                        servers.addresses().kafkaBootstrap(),
                        notifications,
                        pipeline.names().deadLetters(),
                        pipeline.overflow()));
    }
}
