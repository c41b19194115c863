package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that goes on from a savepoint whose slot has moved on fails for good, and does not restart. */
@WithServers(Server.POSTGRES)
class SlotLostIT {

    private static final String NAME = "slotlost";
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @TempDir
    Path savepoints;

    private Database database;
    private CaptureRun run;

    @BeforeEach
    void prepare(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        new PostgresPreflight(database.config("public.t"), false).run();
        run = new CaptureRun(database, savepoints);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void aRestoredJobGoesOnWithItsSlotAndFailsForGoodWithoutIt() throws Exception {
        String savepoint = savepoint();
        database.execute("INSERT INTO t VALUES (2)");

        JobClient restored = start(savepoint);
        awaitStream();
        assertThat(restored.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
        restored.cancel().get();
        run.awaitSlot(false);

        database.execute("SELECT pg_replication_slot_advance('" + NAME + "', pg_current_wal_lsn())");
        JobClient lost = start(savepoint);
        assertThatThrownBy(() -> lost.getJobExecutionResult().get(180, TimeUnit.SECONDS))
                .hasStackTraceContaining(SlotLostException.class.getName())
                .hasStackTraceContaining("the replication slot slotlost stands at");
    }

    private String savepoint() throws Exception {
        JobClient first = start(null);
        awaitStream();
        return run.stop(first);
    }

    /** The heartbeat is written by a stream only. */
    private void awaitStream() throws SQLException {
        String before = database.value("SELECT clock_timestamp()");
        await().atMost(DEADLINE)
                .until(() -> database.value(
                                "SELECT count(*) FROM millrace.heartbeat" + " WHERE beaten_at > '" + before + "'")
                        .equals("1"));
        run.awaitSlot(true);
    }

    private JobClient start(String savepoint) throws Exception {
        return run.start(database.config("public.t"), savepoint);
    }
}
