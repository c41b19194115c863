package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.FreePort;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
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
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int USERS = 6;
    private static final int WITH_TOMBSTONE = 2;
    private static final String EACH_CHANGE =
            "room: \"user:{id}\", on: [insert, update, delete], columns: [email, name]";

    private final LocalServers servers;
    private final int port;
    private CdcPipeline pipeline;
    private String topic;
    private String notifications;
    private JobInProcess capture;
    private NodeProcess server;

    NotificationsIT(LocalServers servers) {
        this.servers = servers;
        this.port = FreePort.reserve();
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
        pipeline.topics().awaitAtLeast(USERS, topic);
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
            // the topic may be told later than the clients are
            pipeline.awaitDrained(job, List.of(topic));

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
            client.await(2);

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

    @Test
    void insertsAndDeletesAreToldIfTheyAreChosen() throws Exception {
        try (NodeProcess client = client("every.js", 100);
                JobInProcess job = JobInProcess.start(arguments("chosen", "", EACH_CHANGE))) {
            pipeline.awaitDrained(job, List.of(topic));
            change("INSERT INTO users (id, email, name) VALUES (100, '100@first', 'Grace')", 1);
            change("UPDATE users SET email = '100@second', logins = 7 WHERE id = 100", 1);
            change("DELETE FROM users WHERE id = 100", WITH_TOMBSTONE);
            client.await(4);
            pipeline.awaitDrained(job, List.of(topic));

            assertLifeIsTold(client);
            assertThat(inTopic("user:100")).isEqualTo(updates(client));
        }
    }

    @Test
    void aRoomIsThatOfAnyColumn() throws Exception {
        String route = "room: \"user:{name}\", on: [insert, update], columns: [email, name]";
        try (NodeProcess blue = client("every.js", "blue");
                NodeProcess green = client("every.js", "green");
                JobInProcess job = JobInProcess.start(arguments("teams", "", route))) {
            pipeline.awaitDrained(job, List.of(topic));
            change("INSERT INTO users (id, email, name) VALUES (101, '101@first', 'blue')", 1);
            change("UPDATE users SET email = '101@second' WHERE id = 101", 1);
            change("UPDATE users SET name = 'green' WHERE id = 101", 1);
            change("UPDATE users SET name = NULL WHERE id = 101", 1);
            change("UPDATE users SET name = 'blue' WHERE id = 101", 1);
            blue.await(4);
            green.await(2);

            assertThat(changes(blue))
                    .containsExactly(
                            "{\"email\":\"101@first\",\"name\":\"blue\"}",
                            "{\"email\":\"101@second\"}",
                            "{\"name\":\"blue\"}");
            assertThat(changes(green)).containsExactly("{\"name\":\"green\"}");
        }
    }

    @Test
    void aDirectJobTellsWithoutATopicBetween() throws Exception {
        String slot = pipeline.names().slot() + "_direct";
        try (NodeProcess client = client("every.js", 102)) {
            try (JobInProcess job = JobInProcess.start(direct(slot))) {
                awaitSlot(slot, true);
                change("INSERT INTO users (id, email, name) VALUES (102, '100@first', 'Grace')", 1);
                change("UPDATE users SET email = '100@second', logins = 7 WHERE id = 102", 1);
                change("DELETE FROM users WHERE id = 102", WITH_TOMBSTONE);
                client.await(4);

                assertLifeIsTold(client);
            }
            awaitSlot(slot, false);
            pipeline.execute("SELECT pg_drop_replication_slot('" + slot + "')");
        }
    }

    private static void assertLifeIsTold(NodeProcess client) throws IOException {
        assertThat(updates(client))
                .extracting(update -> update.path("operation").asText())
                .containsExactly("insert", "update", "delete");
        assertThat(changes(client))
                .containsExactly("{\"email\":\"100@first\",\"name\":\"Grace\"}", "{\"email\":\"100@second\"}", "{}");
    }

    /** The stream is read once the snapshot is through. */
    private void awaitSlot(String slot, boolean isRead) {
        await(slot + (isRead ? " is read" : " is free")).atMost(PATIENCE).until(() -> {
            try (Connection connection = pipeline.database().connect();
                    Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(
                            "SELECT active FROM pg_replication_slots WHERE slot_name = '" + slot + "'")) {
                return found.next() && found.getBoolean(1) == isRead;
            }
        });
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

    private NodeProcess client(String program, Object user) throws IOException {
        NodeProcess client = NodeProcess.start(
                program, Map.of("SERVER_URL", "http://127.0.0.1:" + port, "USER_ID", user.toString()));
        client.await(1);
        return client;
    }

    /** Returns when the topic has the change of each row. */
    private void update(String set, Integer... ids) throws Exception {
        String rows = Stream.of(ids).map(String::valueOf).collect(Collectors.joining(", "));
        change("UPDATE users SET " + set + " WHERE id IN (" + rows + ")", ids.length);
    }

    /** Returns when the topic has as many records more. */
    private void change(String sql, int records) throws Exception {
        int before = pipeline.topics().read(topic).size();
        pipeline.execute(sql);
        pipeline.topics().awaitAtLeast(before + records, topic);
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
        return arguments(name, more, "room: \"user:{id}\", columns: [email, name, active]");
    }

    private List<String> arguments(String name, String more, String route) {
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
                    notifications: {event: profile-updated, %s}
                """.formatted(
                        name,
                        more,
                        servers.addresses().kafkaBootstrap(),
                        topic,
                        servers.addresses().redisUri(),
                        servers.addresses().kafkaBootstrap(),
                        notifications,
                        pipeline.names().deadLetters(),
                        pipeline.overflow(),
                        route));
    }

    private List<String> direct(String slot) {
        return JobFiles.inline("""
                name: notify-direct
                job: {parallelism: 2, checkpoint-interval: 300 ms}
                source:
                  type: postgres
                  postgres:
                    {host: %s, port: %d, database: %s, user: %s, slot: %s, publication: %s, heartbeat-interval: 1 s}
                targets:
                  notifications:
                    redis: {uri: "%s"}
                dead-letters: {bootstrap-servers: "%s", topic: %s, overflow-folder: "%s"}
                routes:
                  - table: public.users
                    notifications: {event: profile-updated, %s}
                """.formatted(
                        servers.addresses().postgresHost(),
                        servers.addresses().postgresPort(),
                        pipeline.names().database(),
                        servers.addresses().postgresUser(),
                        slot,
                        slot,
                        servers.addresses().redisUri(),
                        servers.addresses().kafkaBootstrap(),
                        pipeline.names().deadLetters(),
                        pipeline.overflow(),
                        EACH_CHANGE));
    }
}
