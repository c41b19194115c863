package io.millrace.common.source.postgres;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** What the stream delivers for some commands, once it runs. */
final class Captured {

    private Captured() {}

    /**
     * Prepares the database, starts a job, and executes the commands when its stream runs.
     *
     * @return the first changes of the tables, the heartbeat's left out
     */
    static List<RowChange> stream(Database database, PostgresChangesConfig config, int count, String... commands)
            throws Exception {
        CaptureStart start = new PostgresPreflight(config, false).run().from(0);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings());
        env.enableCheckpointing(500);
        List<RowChange> changes = new ArrayList<>();
        boolean streams = false;
        try (CloseableIterator<RowChange> rows = env.fromSource(
                        PostgresChanges.of(config, start), WatermarkStrategy.noWatermarks(), "postgres")
                .executeAndCollect()) {
            while (changes.size() < count) {
                RowChange change = rows.next();
                if (!change.table().equals(HeartbeatTable.NAME)) {
                    changes.add(change);
                } else if (!streams && change.operation() != Operation.READ) {
                    streams = true;
                    database.execute(commands);
                }
            }
        }
        return changes;
    }

    /** A job that fails ends the test. */
    private static Configuration settings() {
        Configuration settings = new Configuration();
        settings.setString("restart-strategy.type", "none");
        return settings;
    }
}
