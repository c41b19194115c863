package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * An ALTER gives a large value of each row another content, of which no change tells: the next change of the row, with
 * which Postgres does not send the value, has the content of now, whatever the job remembers.
 */
@WithServers({Server.KAFKA, Server.POSTGRES})
class RewrittenColumnIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TABLE = "documents";
    private static final String LOWER = "a".repeat(5_000);
    private static final String UPPER = "A".repeat(5_000);

    @Test
    void aRememberedValueDoesNotOutliveItsColumnsForm(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("rewritten", servers)) {
            pipeline.topics().createCompacted(pipeline.names().topic(TABLE), 1);
            pipeline.execute("CREATE TABLE documents (id int PRIMARY KEY, body text, n int)");
            alter(pipeline, "SET STORAGE EXTERNAL");
            pipeline.execute("INSERT INTO documents SELECT i, repeat('a', 5000), 0 FROM generate_series(1, 2) i");
            String savepoint;
            try (JobInProcess capture = pipeline.captureHere(List.of(TABLE))) {
                awaitBody(pipeline, 1, 0, text(LOWER));

                alter(pipeline, "TYPE text USING upper(body)");
                assertFilled(pipeline, 1, text(UPPER));
                assertFilled(pipeline, 2, text(UPPER));

                alter(pipeline, "TYPE bytea USING convert_to(lower(body), 'UTF8')");
                assertFilled(
                        pipeline, 3, text(Base64.getEncoder().encodeToString(LOWER.getBytes(StandardCharsets.UTF_8))));

                alter(pipeline, "TYPE text[] USING ARRAY[convert_from(body, 'UTF8'), 'more']");
                assertFilled(pipeline, 4, "[" + text(LOWER) + ",\"more\"]");
                savepoint = capture.stop(pipeline.savepoints());
            }
            alter(pipeline, "TYPE text USING upper(body[1])");
            pipeline.execute("UPDATE documents SET n = 5");
            List<String> arguments = pipeline.files().capture(List.of(TABLE), "at-least-once");
            try (JobInProcess capture = JobInProcess.start(arguments, savepoint)) {
                awaitBody(pipeline, 1, 5, text(UPPER));

                alter(pipeline, "TYPE text USING lower(body)");
                assertFilled(pipeline, 6, text(LOWER));
            }
            assertThat(pipeline.topics().read(pipeline.names().deadLetters())).isEmpty();
        }
    }

    private static void alter(CdcPipeline pipeline, String how) throws Exception {
        pipeline.execute("ALTER TABLE documents ALTER body " + how);
    }

    /** Changes another column of each row, one row after the other. */
    private static void assertFilled(CdcPipeline pipeline, int n, String body) throws Exception {
        for (int id = 1; id <= 2; id++) {
            pipeline.execute("UPDATE documents SET n = " + n + " WHERE id = " + id);
            awaitBody(pipeline, id, n, body);
        }
    }

    private static void awaitBody(CdcPipeline pipeline, int id, int n, String body) throws Exception {
        JsonNode row = await("row " + id + " with n = " + n)
                .atMost(PATIENCE)
                .until(() -> lastRow(pipeline, id), found -> found.path("n").asInt(-1) == n);
        assertThat(row.path("body").toString())
                .as("body of row %d with n = %d", id, n)
                .isEqualTo(body);
    }

    private static JsonNode lastRow(CdcPipeline pipeline, int id) throws IOException {
        JsonNode last = JSON.missingNode();
        for (ConsumerRecord<byte[], byte[]> record :
                pipeline.topics().read(pipeline.names().topic(TABLE))) {
            JsonNode row = JSON.readTree(record.value()).path("payload").path("after");
            if (row.path("id").asInt() == id) {
                last = row;
            }
        }
        return last;
    }

    private static String text(String value) {
        return '"' + value + '"';
    }
}
