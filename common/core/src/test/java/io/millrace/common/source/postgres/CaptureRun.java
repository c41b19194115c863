package io.millrace.common.source.postgres;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/** Jobs that capture a database and keep nothing, one after the other. */
final class CaptureRun {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private final Database database;
    private final Path savepoints;

    CaptureRun(Database database, Path savepoints) {
        this.database = database;
        this.savepoints = savepoints;
    }

    /**
     * Returns where such a job runs: it takes checkpoints often, and restarts unless it fails for good.
     *
     * @param savepoint to go on from; null to begin
     */
    static StreamExecutionEnvironment environment(@Nullable String savepoint) {
        Configuration settings = new Configuration();
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", "1000000");
        settings.setString("restart-strategy.fixed-delay.delay", "100ms");
        if (savepoint != null) {
            settings.setString("execution.state-recovery.path", savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
        env.enableCheckpointing(200);
        return env;
    }

    JobClient start(PostgresChangesConfig config, @Nullable String savepoint) throws Exception {
        StreamExecutionEnvironment env = environment(savepoint);
        env.fromSource(PostgresChanges.of(config, CaptureStart.at(0)), WatermarkStrategy.noWatermarks(), "postgres")
                .uid("source")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        return env.executeAsync(database.name());
    }

    /** Returns once there is a first beat: only a stream beats. */
    void awaitFirstBeat() {
        await("the stream beats")
                .atMost(DEADLINE)
                .until(() -> database.value("SELECT count(*) FROM millrace.heartbeat")
                        .equals("1"));
    }

    /** Returns once somebody reads the slot, or nobody does. */
    void awaitSlot(boolean read) {
        await(read ? "somebody reads the slot" : "nobody reads the slot")
                .atMost(DEADLINE)
                .until(() -> database.value(
                                "SELECT active FROM pg_replication_slots WHERE slot_name = '" + database.name() + "'")
                        .equals(read ? "t" : "f"));
    }

    /** Stops a job, and returns its savepoint once nobody reads the slot. */
    String stop(JobClient job) throws Exception {
        String savepoint = job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        awaitSlot(false);
        return savepoint;
    }
}
