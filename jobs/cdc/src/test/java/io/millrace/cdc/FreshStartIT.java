package io.millrace.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cdc.model.SourceOptions;
import io.millrace.common.job.JobEnvironment;
import io.millrace.common.replay.Fence;
import io.millrace.common.replay.Version;
import io.millrace.common.source.postgres.CaptureStart;
import io.millrace.common.source.postgres.PostgresPreflight;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.JobOnMiniCluster;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture starts anew, over topics whose versions have run ahead of the database's log. */
@WithServers({Server.POSTGRES, Server.KAFKA})
class FreshStartIT {

    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final int ROWS = 70_000;

    @TempDir
    private Path letters;

    private final Addresses addresses;
    private final KafkaTopics topics;

    /** Where the second job starts. */
    private interface Start {
        long of(CdcOptions options) throws Exception;
    }

    FreshStartIT(Addresses addresses) {
        this.addresses = addresses;
        this.topics = new KafkaTopics(addresses.kafkaBootstrap());
    }

    /** The control is a start at the database's own position: every target would refuse the change after it. */
    @Test
    void aChangeAfterItHasAHigherVersionThanEverythingBefore() throws Exception {
        try (PreflightDatabase database = new PreflightDatabase(addresses, "fresh_start")) {
            long highest = runAhead(database);

            assertThat(versionAfter(database, FreshStartIT::position, 7)).isLessThan(highest);
            assertThat(versionAfter(database, FreshStartIT::preflight, 8)).isGreaterThan(highest);
        }
    }

    /**
     * Captures a large transaction around a small one, stops, and returns the highest version. The slot goes too, or the
     * next job would be told the large transaction again, which raises its positions by as many.
     */
    private long runAhead(PreflightDatabase database) throws Exception {
        for (String table : List.of("many", "few")) {
            topics.createCompacted(topic(database, table), 2);
            database.execute("CREATE TABLE " + table + " (id int PRIMARY KEY, n int) WITH (autovacuum_enabled = off)");
        }
        topics.create(deadLetters(database), 1);
        JobClient job = start(database, FreshStartIT::preflight);
        try (Connection large = database.connect();
                Statement statement = large.createStatement()) {
            insert(database, 1);
            large.setAutoCommit(false);
            statement.execute("INSERT INTO many SELECT id, 0 FROM generate_series(1, " + ROWS + ") AS id");
            insert(database, 2);
            large.commit();
            insert(database, 3);
            await("all rows")
                    .atMost(DEADLINE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> topics.read(topic(database, "many")).size() >= ROWS);
        } finally {
            stop(job, database);
            database.dropSlot();
        }
        return topics.read(topic(database, "many")).stream()
                .mapToLong(FreshStartIT::version)
                .max()
                .orElseThrow();
    }

    /** Inserts a row into the other table, and waits until its topic has it. */
    private void insert(PreflightDatabase database, int id) throws SQLException {
        database.execute("INSERT INTO few VALUES (" + id + ", 0)");
        await("row " + id)
                .atMost(DEADLINE)
                .until(() -> find(database, "\"after\":{\"id\":" + id + ",").isPresent());
    }

    /** Starts anew, changes a row to this number, and returns the version of the change; leaves no slot. */
    private long versionAfter(PreflightDatabase database, Start start, int number) throws Exception {
        JobClient job = start(database, start);
        try {
            database.execute("UPDATE few SET n = " + number + " WHERE id = 1");
            return await("the change")
                    .atMost(DEADLINE)
                    .until(
                            () -> find(database, "\"after\":{\"id\":1,\"n\":" + number + "}", "\"op\":\"u\""),
                            Optional::isPresent)
                    .orElseThrow();
        } finally {
            stop(job, database);
            database.dropSlot();
        }
    }

    /** Returns the version of the first change of the small table that holds these texts. */
    private Optional<Long> find(PreflightDatabase database, String... texts) {
        return topics.read(topic(database, "few")).stream()
                .filter(record -> record.value() != null
                        && Stream.of(texts).allMatch(new String(record.value(), UTF_8)::contains))
                .map(FreshStartIT::version)
                .findFirst();
    }

    private static long version(ConsumerRecord<byte[], byte[]> record) {
        return Version.parse(new String(
                Objects.requireNonNull(record.headers().lastHeader(Version.HEADER))
                        .value(),
                UTF_8));
    }

    private static long preflight(CdcOptions options) throws Exception {
        return CdcPreflight.run(options, false, System.out).position();
    }

    private static long position(CdcOptions options) {
        return new PostgresPreflight(((SourceOptions.Postgres) options.source()).config(), false)
                .run()
                .position();
    }

    /** Does what {@link CdcJob} does, without waiting for the end. */
    private JobClient start(PreflightDatabase database, Start start) throws Exception {
        CdcOptions options = Configurations.read(configuration(database));
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        CdcJob.build(env, options, CaptureStart.at(start.of(options)), Fence.NONE);
        return env.executeAsync(options.name());
    }

    private static void stop(JobClient job, PreflightDatabase database) throws Exception {
        JobOnMiniCluster.cancel(job);
        database.awaitSlotFree();
    }

    private static String topic(PreflightDatabase database, String table) {
        return database.name() + ".public." + table;
    }

    private static String deadLetters(PreflightDatabase database) {
        return database.name() + "-letters";
    }

    private String configuration(PreflightDatabase database) {
        return "name: cdc-capture\njob: {parallelism: 1, checkpoint-interval: 500 ms}\n" + database.source()
                + """
                targets:
                  kafka: {bootstrap-servers: "%s", topic-prefix: %s, with-schema: false}
                dead-letters: {topic: %s, overflow-folder: "%s"}
                routes: [{table: public.many, kafka: {}}, {table: public.few, kafka: {}}]
                """.formatted(addresses.kafkaBootstrap(), database.name(), deadLetters(database), letters.toUri());
    }
}
