package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Keys of types that no key's schema tells, in tables. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class KeyTypesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TABLE = "prices";
    private static final List<String> KEY = List.of("id", "addr", "flag");
    private static final String ROUTE = """
              - table: public.prices
                clickhouse: {}
                postgres: {}
            """;

    @Test
    void areOfTheSourcesTypesAndADeletionFindsItsRow(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("keytypes", servers);
                TargetRows rows = new TargetRows(servers, pipeline.names(), TABLE)) {
            String topic = pipeline.names().topic(TABLE);
            pipeline.topics().createCompacted(topic, 1);
            pipeline.execute("CREATE TABLE prices (id numeric(12, 2), addr inet, flag bit(3), note text,"
                    + " PRIMARY KEY (id, addr, flag))");
            pipeline.execute("INSERT INTO prices VALUES (1.5, '10.0.0.1', B'101', 'a'), (2, '10.0.0.2', B'110', 'b')");
            String model = pipeline.names().readModel() + "." + TABLE + "_current";
            PrintedRows copy = new PrintedRows(pipeline.admin(), model, KEY);
            PrintedRows left = new PrintedRows(
                    pipeline.admin(),
                    "(SELECT string_agg(note, ',' ORDER BY note) AS notes FROM " + model + ") AS held",
                    List.of("notes"));
            try (JobInProcess capture = pipeline.captureHere(List.of(TABLE));
                    JobInProcess sync = pipeline.syncHere(List.of(topic), ROUTE)) {
                eventually(() -> left.values("true").get(0), "a,b");
                eventually(() -> warehoused(rows, pipeline, "arraySort(groupArray(note))", "_current"), "['a','b']");
                pipeline.execute("INSERT INTO prices VALUES (3, '10.0.0.3', B'001', 'c')");
                pipeline.execute("DELETE FROM prices WHERE id < 2");

                eventually(() -> left.values("true").get(0), "b,c");
                eventually(() -> warehoused(rows, pipeline, "arraySort(groupArray(note))", "_current"), "['b','c']");
                assertThat(copy.types()).containsExactly("numeric", "inet", "bit varying");
                assertThat(copy.values("note = 'c'")).containsExactly("3.00", "10.0.0.3", "001");
                assertThat(warehoused(
                                rows, pipeline, "DISTINCT toTypeName(id), toTypeName(addr), toTypeName(flag)", ""))
                        .isEqualTo("Decimal(38, 2)\tString\tString");
                assertThat(pipeline.topics().read(pipeline.names().deadLetters()))
                        .isEmpty();
            }
        }
    }

    private static void eventually(Callable<String> found, String expected) {
        await(expected)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(found.call()).isEqualTo(expected));
    }

    private static String warehoused(TargetRows rows, CdcPipeline pipeline, String columns, String suffix)
            throws Exception {
        return rows.clickhouse("SELECT " + columns + " FROM " + pipeline.names().warehouse() + "." + TABLE + suffix)
                .strip();
    }
}
