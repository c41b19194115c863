package io.millrace.cdc.capture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cdc.CaptureTopology;
import io.millrace.cdc.PublishedTopics;
import io.millrace.cdc.functions.AddTables;
import io.millrace.cdc.functions.ToEnvelope;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.ProducedRecordTypeInfo;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.replay.Version;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.KafkaTarget;
import io.millrace.common.sink.kafka.KafkaTargetConfig;
import io.millrace.common.sink.kafka.Transactions;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.PostgresChanges;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.PostgresPreflight;
import io.millrace.common.source.postgres.added.AddedTables;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every row is inserted once, so that a topic which holds a key twice holds a change twice. */
@WithServers({Server.POSTGRES, Server.KAFKA})
class CaptureExactlyOnceIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int SNAPSHOT_ROWS = 1_500;
    private static final int CRASHES = 6;

    private final Addresses addresses;
    private final KafkaTopics topics;
    private TestDatabase database;
    private JobClient job;

    CaptureExactlyOnceIT(Addresses addresses) {
        this.addresses = addresses;
        this.topics = new KafkaTopics(addresses.kafkaBootstrap());
    }

    @AfterEach
    void stop() throws Exception {
        job.cancel().get();
        database.dropSlot();
        database.close();
    }

    @Test
    void aReadCommittedReaderSeesEachChangeOnceWhereverTheJobCrashes() throws Exception {
        KafkaTargetConfig target = new KafkaTargetConfig(new KafkaConnection(addresses.kafkaBootstrap()));
        Set<String> inserted =
                capture("once", KafkaTarget.exactlyOnce(target, new Transactions("once", Duration.ofMinutes(5))));

        Map<String, List<ConsumerRecord<byte[], byte[]>>> byKey = awaitKeys("once", inserted);

        assertThat(byKey.values()).allSatisfy(records -> assertThat(records).hasSize(1));
    }

    /**
     * The control, which also shows that what comes again comes with the version that it had. A snapshot that crashes
     * before a checkpoint is read again, and then finds rows that were inserted meanwhile, which the stream brings too.
     * None of it is read again behind the stream, which begins when a checkpoint has all of the snapshot.
     */
    @Test
    void atLeastOnceSomeComeAgainWithTheSameVersion() throws Exception {
        KafkaTargetConfig target = new KafkaTargetConfig(new KafkaConnection(addresses.kafkaBootstrap()));
        Set<String> inserted = capture("again", KafkaTarget.atLeastOnce(target));

        Map<String, List<ConsumerRecord<byte[], byte[]>>> byKey = awaitKeys("again", inserted);

        assertThat(byKey.values()).anySatisfy(records -> assertThat(records).hasSizeGreaterThan(1));
        assertThat(byKey.values())
                .allSatisfy(records -> assertThat(records.stream()
                                .collect(groupingBy(
                                        CaptureExactlyOnceIT::isSnapshot,
                                        mapping(CaptureExactlyOnceIT::version, toSet()))))
                        .allSatisfy((snapshot, versions) -> assertThat(versions).hasSize(1)));
        assertThat(read("again").stream()
                        .collect(groupingBy(
                                ConsumerRecord::partition, mapping(CaptureExactlyOnceIT::isSnapshot, toList())))
                        .values())
                .allSatisfy(snapshots -> assertThat(snapshots).isSortedAccordingTo(Comparator.reverseOrder()));
    }

    /** Captures a snapshot and a stream with crashes in both, and returns the keys of all rows. */
    private Set<String> capture(String name, KafkaSink<ProducedRecord> sink) throws Exception {
        database = new TestDatabase(addresses, name);
        database.dropSlot();
        topics.createCompacted("dbserver1." + name + ".events", 2);
        database.execute(
                "CREATE TABLE events (seq bigint PRIMARY KEY, note text)",
                "INSERT INTO events SELECT i, 'row ' || i FROM generate_series(1, " + SNAPSHOT_ROWS + ") i");
        CrashAt.CRASHES.set(0);
        job = start(name, sink);
        await("the snapshot").atMost(DEADLINE).until(() -> read(name).size() >= SNAPSHOT_ROWS);
        long last;
        try (OverlappingInserts inserts = OverlappingInserts.into(database, SNAPSHOT_ROWS)) {
            await("crashes").atMost(DEADLINE).until(() -> CrashAt.CRASHES.get() == CRASHES);
            last = inserts.stop();
        }
        Set<String> keys = new HashSet<>();
        for (long seq = 1; seq <= last; seq++) {
            keys.add("{\"seq\":" + seq + "}");
        }
        return keys;
    }

    private JobClient start(String name, KafkaSink<ProducedRecord> sink) throws Exception {
        PostgresChangesConfig config = database.config("events");
        CaptureStart start = new PostgresPreflight(config, false).run();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, settings());
        KafkaConnection kafka = new KafkaConnection(addresses.kafkaBootstrap());
        DataStream<RowChange> captured =
                env.fromSource(PostgresChanges.of(config, start), WatermarkStrategy.noWatermarks(), "postgres");
        DataStream<RowChange> rows = new CaptureTopology(config, name, 0, start, true)
                .of(
                        captured,
                        env.fromSource(new AddedTables(config, start), AddTables.holdingNobodyUp(), "added"),
                        Optional.of(PublishedTopics.read(
                                env, kafka, List.of("dbserver1." + name + ".events"), name, 0, 1_000_000)))
                .rows();
        rows.map(CrashAt.anywhere(CRASHES, 450))
                .returns(RowChangeTypeInfo.INSTANCE)
                .process(new ToEnvelope(name, "dbserver1", true, 1_000_000, System::currentTimeMillis))
                .returns(ProducedRecordTypeInfo.INSTANCE)
                .sinkTo(sink);
        return env.executeAsync(name);
    }

    private static Configuration settings() {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "200ms");
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", "100");
        settings.setString("restart-strategy.fixed-delay.delay", "100ms");
        return settings;
    }

    private Map<String, List<ConsumerRecord<byte[], byte[]>>> awaitKeys(String name, Set<String> keys) {
        await("all rows")
                .atMost(DEADLINE)
                .until(() -> read(name).stream().map(CaptureExactlyOnceIT::key).collect(toSet()), keys::equals);
        return read(name).stream().collect(groupingBy(CaptureExactlyOnceIT::key));
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String name) {
        return topics.read("dbserver1." + name + ".events");
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        return key.substring(key.lastIndexOf("{\"seq\""), key.length() - 1);
    }

    private static boolean isSnapshot(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8).contains("\"op\":\"r\"");
    }

    private static String version(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader(Version.HEADER).value(), StandardCharsets.UTF_8);
    }
}
