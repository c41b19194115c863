package io.millrace.common.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.serde.SampleTable;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys of types that only the row's schema tells. */
@WithServers(Server.CLICKHOUSE)
class KeyColumnsIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    private static final SampleTable PRICES =
            new SampleTable().numericKey("id", 12, 2).column("name", "TEXT", SchemaBuilder.string());

    @TempDir
    Path letters;

    private String url;
    private ClickHouseJob job;

    @BeforeEach
    void connect(Addresses addresses, TestInfo test) throws Exception {
        url = addresses.clickhouseUrl();
        String name = "key_" + test.getTestMethod().orElseThrow().getName();
        ClickHouseJob.send(url, "CREATE DATABASE IF NOT EXISTS " + ClickHouseJob.DATABASE);
        ClickHouseJob.send(url, "DROP TABLE IF EXISTS " + ClickHouseJob.DATABASE + "." + name);
        job = new ClickHouseJob(url, name, Map.of(), letters);
    }

    @Test
    void haveTheTypesOfTheSourceAndRoomToGrow() throws Exception {
        job.write(row(1, "1.50"), row(1, "2.00"));
        job.write(UserTable.of(PRICES, 2, Map.of("id", "1.50"), null));
        job.write(UserTable.tombstone(PRICES, 3, Map.of("id", "2.00")), row(1, "3.00"));

        assertThat(job.read("SELECT DISTINCT toTypeName(id) FROM VERSIONS")).containsExactly("Decimal(38, 2)");
        assertThat(job.read("SELECT id FROM VIEW")).containsExactly("3");
        assertThat(job.letters.read()).isEmpty();
    }

    /** By the key alone they would be bytes, and the deletion one of another row. */
    @Test
    void areReadAsTheRowsAre() throws Exception {
        SampleTable log = new SampleTable().unknownKey("id", "PG_LSN").column("name", "TEXT", SchemaBuilder.string());
        Map<String, ?> key = Map.of("id", "16/B374D848".getBytes(StandardCharsets.UTF_8));
        job.write(UserTable.of(log, 1, key, key));
        assertThat(job.read("SELECT id FROM VIEW")).containsExactly("16/B374D848");

        job.write(UserTable.of(log, 2, key, null));

        assertThat(job.read("SELECT id FROM VIEW")).isEmpty();
    }

    /** So did an earlier version. */
    @Test
    void thatWereMadeTextStayText() throws Exception {
        job.write(UserTable.tombstone(PRICES, 1, Map.of("id", "7.00")));
        job.write(row(1, "1.50"), row(1, "2.00"));
        job.write(UserTable.of(PRICES, 2, Map.of("id", "2.00"), null));

        assertThat(job.read("SELECT DISTINCT toTypeName(id) FROM VERSIONS")).containsExactly("String");
        assertThat(job.read("SELECT id, name FROM VIEW")).containsExactly("1.50\tann");
        assertThat(job.letters.read()).isEmpty();
    }

    private static RowChange row(long version, String id) {
        return UserTable.of(PRICES, version, Map.of("id", id), Map.of("id", id, "name", "ann"));
    }
}
