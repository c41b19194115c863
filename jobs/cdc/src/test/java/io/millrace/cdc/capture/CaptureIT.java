package io.millrace.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cdc.CaptureTopology;
import io.millrace.cdc.PublishedTopics;
import io.millrace.cdc.functions.AddTables;
import io.millrace.cdc.functions.ToEnvelope;
import io.millrace.cdc.model.Changes;
import io.millrace.common.config.Secret;
import io.millrace.common.event.ProducedRecordTypeInfo;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.KafkaTarget;
import io.millrace.common.sink.kafka.KafkaTargetConfig;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.PostgresChanges;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.PostgresPreflight;
import io.millrace.common.source.postgres.WalLimits;
import io.millrace.common.source.postgres.added.AddedTables;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.ShopWorkload;
import io.millrace.shop.WorkloadCounts;
import io.millrace.shop.WorkloadOptions;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.EqualityChecks;
import io.millrace.shop.check.TopicCheck;
import io.millrace.testing.JobOnMiniCluster;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers({Server.POSTGRES, Server.KAFKA})
class CaptureIT {

    private static final String NAME = "shop_capture";
    private static final String PREFIX = "capture";
    private static final int LARGEST = KafkaTargetConfig.DEFAULT_MAX_RECORD_BYTES;
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    private final Addresses addresses;
    private ShopDatabase shop;

    CaptureIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void openTheShop() throws Exception {
        ShopDatabase admin =
                new ShopDatabase(addresses.postgresUrl(), addresses.postgresUser(), addresses.postgresPassword());
        execute(
                admin,
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + NAME + "'",
                "DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)",
                "CREATE DATABASE " + NAME);
        String url = "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/" + NAME;
        shop = new ShopDatabase(url, admin.user(), admin.password());
        ShopSchema.create(shop);
    }

    @Test
    void everyTopicHoldsItsTableWhateverOverlapsAndCrashes() throws Exception {
        ShopSeed.of(600, 300, 300, 7).plant(shop);
        topics("a");
        CrashAt.CRASHES.set(0);
        WorkloadOptions busy = WorkloadOptions.seeded(7)
                .withClients(12)
                .withTransactionsPerSecond(60)
                .withHold(Duration.ofMillis(50));
        try (ShopWorkload workload = ShopWorkload.start(shop, busy)) {
            await().atMost(DEADLINE).until(() -> workload.counts().get(WorkloadCounts.COMMITS) >= 20);
            JobClient job = start("a", 5, 0);
            try {
                await("crashes").atMost(DEADLINE).until(() -> CrashAt.CRASHES.get() == 5);
                workload.stop();
                deleteARowOfEachTable();
                assertEqual("a");
                ShopSchema.TABLES.forEach(
                        table -> EnvelopeReader.assertReadable(addresses.kafkaBootstrap(), topic("a", table)));
            } finally {
                stop(job);
            }
        }
    }

    @Test
    void rowsThatVanishWhileNobodyListensVanishFromTheTopics() throws Exception {
        ShopSeed.of(50, 20, 20, 7).plant(shop);
        topics("b");
        JobClient first = start("b", 0, 0);
        try {
            assertEqual("b");
        } finally {
            stop(first);
        }
        execute(
                shop,
                "SELECT pg_drop_replication_slot('" + NAME + "')",
                "DELETE FROM coupons",
                "UPDATE products SET stock = stock + 1");

        JobClient second = start("b", 0, 1);
        try {
            assertEqual("b");
            assertThat(new KafkaTopics(addresses.kafkaBootstrap()).read(topic("b", "products")))
                    .as("no row that lives on was deleted meanwhile")
                    .noneMatch(record -> record.value() == null);
        } finally {
            stop(second);
        }
    }

    /** Whatever the clients came to: every topic is to hold a delete, and the tombstone behind it. */
    private void deleteARowOfEachTable() throws SQLException {
        for (String table : ShopSchema.TABLES) {
            execute(shop, "DELETE FROM " + table + " WHERE ctid IN (SELECT ctid FROM " + table + " LIMIT 1)");
        }
    }

    private void assertEqual(String run) {
        List<TopicCheck> checks = ShopSchema.TABLES.stream()
                .map(table -> new TopicCheck(addresses.kafkaBootstrap(), topic(run, table), table))
                .toList();
        List<CheckResult> results = new EqualityChecks(shop, ShopSchema.TABLES, checks).awaitEqual(DEADLINE);
        assertThat(results)
                .allSatisfy(
                        result -> assertThat(result.isOk()).as(result.report()).isTrue());
    }

    private void topics(String run) {
        KafkaTopics topics = new KafkaTopics(addresses.kafkaBootstrap());
        ShopSchema.TABLES.forEach(table -> topics.create(topic(run, table), 2));
    }

    private static String topic(String run, String table) {
        return PREFIX + run + ".public." + table;
    }

    private JobClient start(String run, int crashes, int generation) throws Exception {
        PostgresChangesConfig config = config(run);
        CaptureStart start = new PostgresPreflight(config, false).run();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, settings());
        DataStream<RowChange> captured =
                env.fromSource(PostgresChanges.of(config, start), WatermarkStrategy.noWatermarks(), "postgres");
        DataStream<RowChange> rows = new CaptureTopology(config, "cdc-capture", generation, start, true)
                .of(captured, added(env, config, start), Optional.of(published(env, config, generation)))
                .rows();
        rows.map(new CrashAt(crashes, 150))
                .returns(RowChangeTypeInfo.INSTANCE)
                .process(new ToEnvelope("cdc-capture", PREFIX + run, true, LARGEST, System::currentTimeMillis))
                .returns(ProducedRecordTypeInfo.INSTANCE)
                .sinkTo(KafkaTarget.atLeastOnce(
                        new KafkaTargetConfig(new KafkaConnection(addresses.kafkaBootstrap()))));
        return env.executeAsync("capture");
    }

    private static DataStream<RowChange> added(
            StreamExecutionEnvironment env, PostgresChangesConfig config, CaptureStart start) {
        return env.fromSource(new AddedTables(config, start), AddTables.holdingNobodyUp(), "added");
    }

    private Changes published(StreamExecutionEnvironment env, PostgresChangesConfig config, int generation) {
        List<String> topics = config.tables().stream()
                .map(table -> config.serverName() + "." + table)
                .toList();
        return PublishedTopics.read(
                env, new KafkaConnection(addresses.kafkaBootstrap()), topics, "cdc-capture", generation, LARGEST);
    }

    private PostgresChangesConfig config(String run) {
        PostgresAddress address = new PostgresAddress(
                addresses.postgresHost(), addresses.postgresPort(), NAME, shop.user(), new Secret(shop.password()));
        List<String> tables =
                ShopSchema.TABLES.stream().map(table -> "public." + table).toList();
        return new PostgresChangesConfig(
                address,
                tables,
                NAME,
                NAME,
                PREFIX + run,
                100,
                50,
                Duration.ofMillis(20),
                Duration.ofMillis(500),
                WalLimits.DEFAULT);
    }

    private static Configuration settings() {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "200ms");
        settings.setString("pipeline.generic-types", "false");
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", "100");
        settings.setString("restart-strategy.fixed-delay.delay", "100ms");
        return settings;
    }

    private void stop(JobClient job) throws Exception {
        JobOnMiniCluster.cancel(job);
        await("slot released").atMost(DEADLINE).until(() -> {
            try (Connection connection = shop.connect();
                    Statement statement = connection.createStatement();
                    var active = statement.executeQuery(
                            "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '" + NAME + "'")) {
                active.next();
                return active.getInt(1) == 0;
            }
        });
    }

    private static void execute(ShopDatabase database, String... commands) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
