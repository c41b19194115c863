package io.millrace.cdc.proof;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.check.Check;
import io.millrace.testing.WithServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A partitioned table is one table in its topic and in every target, whichever partition a row is in. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class PartitionedTableIT {

    private static final String TABLE = "events";

    @Test
    void rowsOfEachPartitionAreRowsOfTheTable(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("partitioned", servers);
                TargetRows rows = new TargetRows(servers, pipeline.names(), TABLE)) {
            String topic = pipeline.names().topic(TABLE);
            pipeline.topics().createCompacted(topic, 2);
            pipeline.execute("CREATE TABLE events (id bigint PRIMARY KEY, note text NOT NULL) PARTITION BY RANGE (id)");
            pipeline.execute("CREATE TABLE events_low PARTITION OF events FOR VALUES FROM (0) TO (100)");
            pipeline.execute("CREATE TABLE events_high PARTITION OF events FOR VALUES FROM (100) TO (1000)"
                    + " PARTITION BY HASH (id)");
            pipeline.execute(
                    "CREATE TABLE events_even PARTITION OF events_high FOR VALUES WITH (MODULUS 2, REMAINDER 0)");
            pipeline.execute(
                    "CREATE TABLE events_odd PARTITION OF events_high FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
            pipeline.execute("INSERT INTO events SELECT i, 'snapshot ' || i FROM generate_series(1, 180) i");
            try (JobInProcess capture = pipeline.captureHere(List.of(TABLE));
                    JobInProcess sync = pipeline.syncHere(List.of(topic), rows.route(""))) {
                assertEqual(pipeline);

                pipeline.execute("INSERT INTO events SELECT i, 'stream' FROM generate_series(181, 220) i");
                pipeline.execute("UPDATE events SET note = 'changed' WHERE id % 7 = 0");
                pipeline.execute("UPDATE events SET id = id + 500 WHERE id < 10");
                pipeline.execute("DELETE FROM events WHERE id % 11 = 0");
                assertEqual(pipeline);

                pipeline.execute("CREATE TABLE events_new PARTITION OF events FOR VALUES FROM (1000) TO (2000)");
                pipeline.execute("INSERT INTO events SELECT i, 'new' FROM generate_series(1000, 1050) i");
                assertEqual(pipeline);

                pipeline.execute("TRUNCATE events");
                pipeline.execute("INSERT INTO events VALUES (50, 'after'), (150, 'after'), (1001, 'after')");
                assertEqual(pipeline);
            }
        }
    }

    private static void assertEqual(CdcPipeline pipeline) {
        List<Check> checks = new ArrayList<>(List.of(pipeline.topic(pipeline.names(), TABLE)));
        checks.addAll(pipeline.values(List.of(TABLE)));
        checks.add(pipeline.noDeadLetters(JobFiles.CAPTURE));
        checks.add(pipeline.noDeadLetters(JobFiles.SYNC));
        CdcPipeline.assertOk(pipeline.awaitEqual(checks, List.of(TABLE)));
    }
}
