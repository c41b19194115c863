package io.millrace.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cdc.model.SourceOptions;
import io.millrace.common.job.JobEnvironment;
import io.millrace.common.replay.Version;
import io.millrace.common.source.postgres.PostgresPreflight;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture starts anew, over topics whose versions have run ahead of the database's log. */
@WithServers({Server.POSTGRES, Server.KAFKA})
class FreshStartIT {

    private static final Duration DEADLINE = Duration.ofSeconds(90);
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

    @Test
    void aChangeAfterItHasAHigherVersionThanEverythingBefore() throws Exception {
        try (PreflightDatabase database = new PreflightDatabase(addresses, "fresh_above")) {
            long highest = runAhead(database);
            long before = Version.position(highest);

            assertThat(versionAfter(database, FreshStartIT::preflight)).isGreaterThan(before + 1);
        }
    }

    /** The control: the database's own position is too low, and every target would refuse the change. */
    @Test
    void aChangeAfterAStartAtTheDatabasesPositionIsOlderThanWhatIsThere() throws Exception {
        try (PreflightDatabase database = new PreflightDatabase(addresses, "fresh_below")) {
            long highest = runAhead(database);

            assertThat(versionAfter(database, FreshStartIT::position)).isLessThan(highest);
        }
    }

    /**
     * Captures a large transaction around a small one, stops, and returns the highest version. The slot goes too, or the
     * next job would be told the large transaction again, which raises its positions by as many.
     */
    private long runAhead(PreflightDatabase database) throws Exception {
        topics.createCompacted(topic(database), 2);
        topics.create(deadLetters(database), 1);
        database.execute("CREATE TABLE t (id int PRIMARY KEY, n int) WITH (autovacuum_enabled = off)");
        JobClient job = start(database, FreshStartIT::preflight);
        try (Connection large = database.connect();
                Statement statement = large.createStatement()) {
            database.execute("INSERT INTO t VALUES (1, 0)");
            await("the stream").atMost(DEADLINE).until(() -> records(database).size() == 1);
            large.setAutoCommit(false);
            statement.execute("INSERT INTO t SELECT id, 0 FROM generate_series(10, " + (9 + ROWS) + ") AS id");
            database.execute("INSERT INTO t VALUES (2, 0)");
            large.commit();
            await("all rows")
                    .atMost(DEADLINE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> records(database).size() >= ROWS + 2);
        } finally {
            stop(job, database);
            database.dropSlot();
        }
        return records(database).stream().mapToLong(FreshStartIT::version).max().orElseThrow();
    }

    /** Starts anew, changes a row, and returns the version of this change. */
    private long versionAfter(PreflightDatabase database, Start start) throws Exception {
        JobClient job = start(database, start);
        try {
            database.execute("UPDATE t SET n = 7 WHERE id = 1");
            return await("the change")
                    .atMost(DEADLINE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> update(database), Optional::isPresent)
                    .orElseThrow();
        } finally {
            stop(job, database);
        }
    }

    private Optional<Long> update(PreflightDatabase database) {
        return records(database).stream()
                .filter(record -> record.value() != null && new String(record.value(), UTF_8).contains("\"op\":\"u\""))
                .map(FreshStartIT::version)
                .findFirst();
    }

    private static long version(ConsumerRecord<byte[], byte[]> record) {
        return Version.parse(new String(
                Objects.requireNonNull(record.headers().lastHeader(Version.HEADER))
                        .value(),
                UTF_8));
    }

    private List<ConsumerRecord<byte[], byte[]>> records(PreflightDatabase database) {
        return topics.read(topic(database));
    }

    private static long preflight(CdcOptions options) throws Exception {
        return CdcPreflight.run(options, false, System.out);
    }

    private static long position(CdcOptions options) {
        return new PostgresPreflight(((SourceOptions.Postgres) options.source()).config(), false).run();
    }

    /** Does what {@link CdcJob} does, without waiting for the end. */
    private JobClient start(PreflightDatabase database, Start start) throws Exception {
        CdcOptions options = Configurations.read(configuration(database));
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        CdcOutputs outputs = CdcTopology.of(
                CdcSources.of(options, start.of(options)).addTo(env),
                options.name(),
                options.routes().targets(),
                options.kafka());
        CdcSinks.attach(outputs, options);
        return env.executeAsync(options.name());
    }

    private static void stop(JobClient job, PreflightDatabase database) throws Exception {
        job.cancel().get();
        database.awaitSlotFree();
    }

    private static String topic(PreflightDatabase database) {
        return database.name() + ".public.t";
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
                routes: [{table: public.t, kafka: {}}]
                """.formatted(addresses.kafkaBootstrap(), database.name(), deadLetters(database), letters.toUri());
    }
}
