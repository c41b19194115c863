package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.process.Strays;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** All servers, started twice on the same data; the order of the tests is the life of a local run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AllServersIT {

    private static final DataFolder DATA = new DataFolder(Path.of("target", "all-servers"));
    private static final LocalServers SERVERS = LocalServers.in(DATA);
    private static final Set<Server> ALL = EnumSet.allOf(Server.class);
    private static final Map<String, Duration> READY = new ConcurrentHashMap<>();

    private static Ports ports;
    private static Addresses at;

    @BeforeAll
    static void start() {
        SERVERS.stop();
        DATA.delete();
        ports = Ports.free();
        SERVERS.start(ALL, ports, new StartListener() {
            @Override
            public void ready(String process, Duration elapsed) {
                READY.put(process, elapsed);
            }
        });
        at = SERVERS.addresses();
    }

    @AfterAll
    static void leaveNothingBehind() {
        SERVERS.stop();
        DataFolder.deleteTree(DATA.root());
    }

    @Test
    @Order(1)
    void tellsOfEachProcessWhenItAnswers() {
        assertThat(READY)
                .containsOnlyKeys(
                        "kafka",
                        "postgres",
                        "redis",
                        "elasticsearch",
                        "clickhouse",
                        "flink-jobmanager",
                        "flink-taskmanager-1",
                        "flink-taskmanager-2");
        assertThat(READY.values()).allSatisfy(elapsed -> assertThat(elapsed).isPositive());
    }

    @Test
    @Order(2)
    void showsWhereEachProcessListensAndWritesItsLog() {
        assertThat(SERVERS.status()).hasSize(8).allSatisfy(status -> {
            assertThat(status.running()).isTrue();
            assertThat(status.pid()).isPositive();
            assertThat(status.since()).isNotNull();
            assertThat(status.log()).isNotEmptyFile();
            assertThat(status.data()).isDirectory();
            assertThat(status.address()).contains("127.0.0.1");
        });
    }

    @Test
    @Order(3)
    void listensOnLoopbackOnly() throws IOException {
        assertThat(ListeningSocket.among(ports.asMap().values())).isNotEmpty().allMatch(ListeningSocket::isLoopback);
    }

    @Test
    @Order(4)
    void postgresDecodesLogically() throws SQLException {
        assertThat(sql("show wal_level")).isEqualTo("logical");
        assertThat(sql("show fsync")).isEqualTo("on");
        sqlUpdate("select pg_create_logical_replication_slot('probe', 'pgoutput')");
        sqlUpdate("select pg_drop_replication_slot('probe')");
    }

    @Test
    @Order(5)
    void elasticsearchKeepsTheVersionThatItIsGiven() throws Exception {
        String document = at.elasticsearchUrl() + "/versions/_doc/1?version_type=external_gte&version=";
        Protocols.put(document + "7", "{\"n\":7}");
        Protocols.put(document + "7", "{\"n\":8}");

        assertThatThrownBy(() -> Protocols.put(document + "6", "{\"n\":6}")).hasMessageContaining("409");
        Protocols.post(at.elasticsearchUrl() + "/versions/_refresh", "");
        Protocols.post(
                at.elasticsearchUrl() + "/versions/_delete_by_query?conflicts=proceed",
                "{\"query\":{\"range\":{\"n\":{\"lt\":100}}}}");
        assertThatThrownBy(() -> Protocols.get(at.elasticsearchUrl() + "/versions/_doc/1"))
                .hasMessageContaining("404");
    }

    @Test
    @Order(6)
    void flinkHasTwoTaskManagersWithAtLeastFourSlotsEachAndShowsItsMetrics() throws Exception {
        assertThat(Protocols.get(at.flinkUrl() + "/overview"))
                .contains("\"taskmanagers\":2")
                .containsPattern("\"slots-total\":(8|9|1\\d)\\D");
        for (Port port : List.of(
                Port.FLINK_JOBMANAGER_METRICS, Port.FLINK_TASKMANAGER_1_METRICS, Port.FLINK_TASKMANAGER_2_METRICS)) {
            assertThat(Protocols.get("http://127.0.0.1:" + ports.get(port) + "/metrics"))
                    .contains("flink_");
        }
    }

    /** Jobs come by the command line alone: whoever reaches the web page must not run code by it. */
    @Test
    @Order(6)
    void flinkTakesNoJarOverTheWeb() throws Exception {
        assertThat(Protocols.get(at.flinkUrl() + "/config")).contains("\"web-submit\":false");
        for (String path : List.of("/jars/upload", "/jars/any.jar/run")) {
            assertThatThrownBy(() -> Protocols.post(at.flinkUrl() + path, "{}"))
                    .hasMessageMatching("(?s).* answers 40[45].*");
        }
    }

    @Test
    @Order(7)
    void flinkIsStartedAgainWithFurtherSettings() throws Exception {
        SERVERS.restartFlink(Map.of("s3.endpoint", "http://127.0.0.1:9000"), StartListener.SILENT);

        assertThat(SERVERS.processes(Server.FLINK)).allMatch(LocalProcess::running);
        assertThat(Protocols.get(at.flinkUrl() + "/jobmanager/config")).contains("http://127.0.0.1:9000");
    }

    @Test
    @Order(7)
    void refusesToMoveServersThatRun() {
        assertThatThrownBy(() -> SERVERS.start(Set.of(Server.REDIS), Ports.free(), StartListener.SILENT))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("run already, on other ports")
                .hasMessageContaining("millrace down");
        assertThatThrownBy(SERVERS::clean).hasMessageContaining("still run");
    }

    @Test
    @Order(8)
    void findsItsDataAgainAfterDownAndUp() throws Exception {
        writeEverywhere();

        SERVERS.stop();

        assertThat(SERVERS.status()).noneMatch(ServerStatus::running);
        assertThat(Strays.of(DATA)).isEmpty();
        assertThat(ports.taken(List.of(Port.values()))).isEmpty();
        SERVERS.start(EnumSet.complementOf(EnumSet.of(Server.FLINK)), ports, StartListener.SILENT);
        readEverywhere();
    }

    @Test
    @Order(9)
    void findsItsDataAgainAfterEveryProcessWasKilled() throws Exception {
        SERVERS.processes().forEach(LocalProcess::kill);

        assertThat(SERVERS.status()).noneMatch(ServerStatus::running);
        SERVERS.start(EnumSet.complementOf(EnumSet.of(Server.FLINK)), ports, StartListener.SILENT);
        readEverywhere();
    }

    private static void writeEverywhere() throws Exception {
        sqlUpdate("create table kept (id int primary key, name text)");
        sqlUpdate("insert into kept values (1, 'postgres')");
        Protocols.redis(at.redisPort(), "SET kept redis");
        Protocols.put(at.elasticsearchUrl() + "/kept/_doc/1", "{\"name\":\"elasticsearch\"}");
        clickHouse("CREATE TABLE kept (id UInt64, name String) ENGINE = MergeTree ORDER BY id");
        clickHouse("INSERT INTO kept VALUES (1, 'clickhouse')");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", at.kafkaBootstrap()))) {
            admin.createTopics(List.of(new NewTopic("kept", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", at.kafkaBootstrap()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept", "1", "kafka")).get();
        }
    }

    private static void readEverywhere() throws Exception {
        assertThat(sql("select name from kept where id = 1")).isEqualTo("postgres");
        assertThat(Protocols.redis(at.redisPort(), "GET kept")).isEqualTo("redis");
        assertThat(Protocols.get(at.elasticsearchUrl() + "/kept/_doc/1")).contains("\"name\":\"elasticsearch\"");
        assertThat(clickHouse("SELECT name FROM kept WHERE id = 1")).isEqualTo("clickhouse");
        assertThat(firstRecord("kept")).isEqualTo("kafka");
    }

    private static String firstRecord(String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", at.kafkaBootstrap());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            return consumer.poll(Duration.ofSeconds(60)).iterator().next().value();
        }
    }

    private static String clickHouse(String query) throws Exception {
        return Protocols.post(at.clickhouseUrl() + "/?user=default", query).strip();
    }

    private static String sql(String query) throws SQLException {
        try (Connection connection = postgres();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void sqlUpdate(String statement) throws SQLException {
        try (Connection connection = postgres();
                Statement prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    private static Connection postgres() throws SQLException {
        return DriverManager.getConnection(at.postgresUrl(), at.postgresUser(), at.postgresPassword());
    }
}
