package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.source.postgres.added.AddedTables;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two captured tables that swap their names while the job stands still: it does not go on from its savepoint. */
@WithServers(Server.POSTGRES)
class TableSwappedIT {

    private static final String NAME = "tableswapped";

    @TempDir
    Path savepoints;

    private Database database;
    private PostgresChangesConfig config;
    private CaptureRun run;

    @BeforeEach
    void prepare(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE u (id int PRIMARY KEY)");
        config = database.config("public.t", "public.u");
        run = new CaptureRun(database, savepoints);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void endsForGood() throws Exception {
        String savepoint = savepoint();
        database.execute("ALTER TABLE t RENAME TO x; ALTER TABLE u RENAME TO t; ALTER TABLE x RENAME TO u");

        JobClient restored = start(new PostgresPreflight(config, true).run(), savepoint);

        assertThatThrownBy(() -> restored.getJobExecutionResult().get(180, TimeUnit.SECONDS))
                .hasStackTraceContaining(TableLostException.class.getName())
                .hasStackTraceContaining("Table public.u was renamed to public.t");
    }

    private String savepoint() throws Exception {
        JobClient job = start(new PostgresPreflight(config, false).run(), null);
        run.awaitFirstBeat();
        return run.stop(job);
    }

    private JobClient start(CaptureStart start, String savepoint) throws Exception {
        StreamExecutionEnvironment env = CaptureRun.environment(savepoint);
        env.fromSource(PostgresChanges.of(config, start), WatermarkStrategy.noWatermarks(), "postgres")
                .uid("source")
                .union(env.fromSource(new AddedTables(config, start), WatermarkStrategy.noWatermarks(), "added")
                        .uid("added"))
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        return env.executeAsync(NAME);
    }
}
