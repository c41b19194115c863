package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A table changes while it is captured: what becomes of its rows in each target, without a restart. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class SchemaChangeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TABLE = "things";

    @Test
    void eachTargetFollows(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("schema", servers);
                TargetRows rows = new TargetRows(servers, pipeline.names(), TABLE)) {
            String topic = pipeline.names().topic(TABLE);
            pipeline.topics().createCompacted(topic, 1);
            pipeline.execute("CREATE TABLE things (id bigint PRIMARY KEY, name text, qty integer NOT NULL, note text)");
            pipeline.execute("INSERT INTO things VALUES (1, 'one', 1, 'n'), (2, 'two', 2, 'n'), (3, 'three', 3, 'n')");
            try (JobInProcess capture = pipeline.captureHere(List.of(TABLE));
                    JobInProcess sync = pipeline.syncHere(List.of(topic), rows.route(""))) {
                everywhere(rows, 3, "{'id': 3, 'name': 'three', 'qty': 3, 'note': 'n'}");

                pipeline.execute("ALTER TABLE things ADD COLUMN color text DEFAULT 'none'");
                pipeline.execute("UPDATE things SET color = 'red' WHERE id = 1");
                everywhere(rows, 1, "{'id': 1, 'name': 'one', 'qty': 1, 'note': 'n', 'color': 'red'}");
                tables(rows, 2, "{'id': 2, 'name': 'two', 'qty': 2, 'note': 'n', 'color': null}");

                pipeline.execute("ALTER TABLE things DROP COLUMN note");
                pipeline.execute("UPDATE things SET qty = 22 WHERE id = 2");
                documents(rows, 2, "{'id': 2, 'name': 'two', 'qty': 22, 'color': 'none'}");
                tables(rows, 2, "{'id': 2, 'name': 'two', 'qty': 22, 'note': null, 'color': 'none'}");

                pipeline.execute("ALTER TABLE things RENAME COLUMN name TO title");
                pipeline.execute("UPDATE things SET qty = 33 WHERE id = 3");
                documents(rows, 3, "{'id': 3, 'title': 'three', 'qty': 33, 'color': 'none'}");
                tables(rows, 3, "{'id': 3, 'name': null, 'qty': 33, 'note': null, 'color': 'none', 'title': 'three'}");

                pipeline.execute("ALTER TABLE things ALTER COLUMN qty TYPE bigint");
                pipeline.execute("UPDATE things SET qty = 5000000000 WHERE id = 1");
                documents(rows, 1, "{'id': 1, 'title': 'one', 'qty': 5000000000, 'color': 'red'}");
                tables(
                        rows,
                        1,
                        "{'id': 1, 'name': null, 'qty': 5000000000, 'note': null, 'color': 'red', 'title': 'one'}");
                assertThat(pipeline.topics().read(pipeline.names().deadLetters()))
                        .isEmpty();

                pipeline.execute("ALTER TABLE things ALTER COLUMN qty TYPE text USING qty || ' pieces'");
                pipeline.execute("UPDATE things SET color = 'blue' WHERE id = 2");
                is(() -> rows.cached(2), "{'id': 2, 'title': 'two', 'qty': '22 pieces', 'color': 'blue'}");
                tables(
                        rows,
                        2,
                        "{'id': 2, 'name': null, 'qty': '22 pieces', 'note': null, 'color': 'blue', 'title': 'two'}");
                assertThat(pipeline.awaitLetters(1))
                        .as("the index still has numbers there")
                        .singleElement()
                        .satisfies(letter -> assertThat(new String(
                                        letter.headers()
                                                .lastHeader("dlq-error-message")
                                                .value(),
                                        StandardCharsets.UTF_8))
                                .contains("failed to parse field [qty] of type [long]"));
                is(() -> rows.document(2), "{'id': 2, 'name': 'two', 'qty': 22, 'color': 'none'}");
            }
        }
    }

    private static void everywhere(TargetRows rows, int id, String expected) throws Exception {
        documents(rows, id, expected);
        tables(rows, id, expected);
    }

    private static void documents(TargetRows rows, int id, String expected) throws Exception {
        is(() -> rows.document(id), expected);
        is(() -> rows.cached(id), expected);
    }

    private static void tables(TargetRows rows, int id, String expected) throws Exception {
        is(() -> rows.warehoused("*", id), expected);
        is(() -> rows.modelled(id), expected);
    }

    private static void is(Callable<JsonNode> found, String expected) throws Exception {
        JsonNode wanted = TargetRows.JSON.readTree(expected.replace('\'', '"'));
        await(expected)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(found.call()).isEqualTo(wanted));
    }
}
