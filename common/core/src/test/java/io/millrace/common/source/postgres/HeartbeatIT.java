package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.Addresses;
import io.millrace.local.ProjectRoot;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where only other tables are written, the heartbeat alone lets Postgres forget its log. */
@WithServers(Server.POSTGRES)
class HeartbeatIT {

    private static final String NAME = "heartbeating";
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final Duration SELDOM = Duration.ofHours(1);

    @TempDir
    Path savepoints;

    private Database database;
    private CaptureRun run;

    @BeforeEach
    void createTables(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE other (id int)");
        run = new CaptureRun(database, savepoints);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void movesTheSlotOfAnIdlePublication() throws Exception {
        JobClient job = start(Duration.ofMillis(200));
        run.awaitFirstBeat();
        String written = writeElsewhere();

        await("the slot").atMost(DEADLINE).until(() -> isPast(written));
        job.cancel().get();
    }

    /** Whoever migrates a database before its first capture makes the table. */
    @Test
    void beatsInTheTableOfTheMigrations() throws Exception {
        try (Stream<Path> files = Files.list(ProjectRoot.find().resolve("sql").resolve("postgres"))) {
            for (Path file : files.sorted().toList()) {
                database.execute(Files.readString(file));
            }
        }
        JobClient job = start(Duration.ofMillis(200));

        run.awaitFirstBeat();

        job.cancel().get();
    }

    @Test
    void withoutItTheSlotStaysWhereItIs() throws Exception {
        JobClient job = start(SELDOM);
        run.awaitFirstBeat();
        String written = writeElsewhere();
        for (int i = 0; i < 3; i++) {
            job.triggerSavepoint(savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get();
        }

        assertThat(isPast(written)).isFalse();
        job.cancel().get();
    }

    /** Returns the log's position behind what was written. */
    private String writeElsewhere() throws SQLException {
        database.execute("INSERT INTO other SELECT generate_series(1, 1000)");
        return database.value("SELECT pg_current_wal_insert_lsn()");
    }

    private boolean isPast(String position) throws SQLException {
        return database.value("SELECT confirmed_flush_lsn >= '" + position
                        + "'::pg_lsn FROM pg_replication_slots WHERE slot_name = '" + NAME + "'")
                .equals("t");
    }

    private JobClient start(Duration heartbeat) throws Exception {
        PostgresChangesConfig usual = database.config("public.t");
        PostgresChangesConfig config = new PostgresChangesConfig(
                usual.address(),
                usual.tables(),
                usual.slot(),
                usual.publication(),
                usual.serverName(),
                usual.chunkRows(),
                usual.fetchRows(),
                usual.poll(),
                heartbeat,
                usual.walLimits());
        new PostgresPreflight(config, false).run();
        return run.start(config, null);
    }
}
