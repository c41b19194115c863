package io.millrace.common.sink.jdbc;

import io.millrace.common.metrics.JobCounters;
import io.millrace.common.postgres.Sql;
import io.millrace.common.sink.batch.SteadyJob;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Postgres goes away under a running job, or makes it wait. */
@WithServers(Server.POSTGRES)
class PostgresOutageIT {

    private static final int ROWS = 400;
    private static final String HELD = "SELECT count(*), sum(_version) FROM <TABLE>";

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(1);

    @TempDir
    Path letters;

    private LocalProcess postgres;
    private ReadModelJob job;

    @BeforeEach
    void connect(LocalServers servers, TestInfo test) throws SQLException {
        postgres = servers.process("postgres");
        job = new ReadModelJob(
                ReadModelJob.address(servers.addresses()),
                "outage_" + test.getTestMethod().orElseThrow().getName().length(),
                Map.of(),
                letters);
        job.execute(
                "CREATE SCHEMA IF NOT EXISTS " + ReadModelJob.QUOTED_SCHEMA, "DROP TABLE IF EXISTS <TABLE> CASCADE");
    }

    @AfterEach
    void bringBack() {
        postgres.start();
    }

    @Test
    void writesEverythingAfterPostgresWasKilledAndStartedAgain() throws Exception {
        SteadyJob running = start(ROWS);

        postgres.kill();
        running.goOn();
        postgres.start();

        running.assertEverything();
    }

    /** Nobody answers for longer than a request waits: the connection is given up, and its batch written by another. */
    @Test
    void writesEverythingAfterItWaitedForSomebodyElsesLock() throws Exception {
        SteadyJob running = start(ROWS);

        try (Connection other = job.config.address().connect("test")) {
            other.setAutoCommit(false);
            new Sql(other).execute("LOCK TABLE " + job.table("") + " IN EXCLUSIVE MODE");
            running.goOn().awaitPatience(ReadModelJob.REQUEST_TIMEOUT.plusSeconds(1));
            other.rollback();
        }

        running.assertEverything();
    }

    @Test
    void isCancelledWhileItWaits() throws Exception {
        SteadyJob running = start(Long.MAX_VALUE);
        postgres.stop();

        running.goOn().assertCancelled();
    }

    private SteadyJob start(long rows) throws Exception {
        return SteadyJob.start(job.sink(), rows, () -> job.read(HELD), job.letters);
    }
}
