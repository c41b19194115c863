package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cdc.JobInProcess;
import io.millrace.common.replay.Version;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What a change of a primary key and a delete are in a topic, record by record. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class KeyChangeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE = "moved";

    @Test
    void aKeyChangeIsADeleteATombstoneAndACreateAndADeleteHasItsTombstone(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("keychange", servers)) {
            String topic = pipeline.names().topic(TABLE);
            pipeline.topics().createCompacted(topic, 1);
            pipeline.execute("CREATE TABLE moved (id bigint PRIMARY KEY, note text)");
            pipeline.execute("INSERT INTO moved VALUES (1, 'one')");
            try (JobInProcess capture = pipeline.captureHere(List.of(TABLE))) {
                pipeline.topics().awaitAtLeast(1, topic);
                pipeline.execute("UPDATE moved SET id = 2");
                pipeline.execute("DELETE FROM moved");

                List<ConsumerRecord<byte[], byte[]>> records = pipeline.topics().awaitAtLeast(6, topic);

                assertThat(records)
                        .extracting(KeyChangeIT::told)
                        .containsExactly("1 r", "1 d", "1 tombstone", "2 c", "2 d", "2 tombstone");
                assertThat(records)
                        .extracting(KeyChangeIT::version)
                        .isSorted()
                        .satisfies(versions -> assertThat(versions.get(1)).isEqualTo(versions.get(2)))
                        .satisfies(versions -> assertThat(versions.get(4)).isEqualTo(versions.get(5)));
            }
        }
    }

    private static String told(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode key = JSON.readTree(record.key()).path("payload").path("id");
            String what = record.value() == null
                    ? "tombstone"
                    : JSON.readTree(record.value()).path("payload").path("op").asText();
            return key.asText() + " " + what;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Long version(ConsumerRecord<byte[], byte[]> record) {
        return Long.valueOf(
                new String(record.headers().lastHeader(Version.HEADER).value(), StandardCharsets.US_ASCII));
    }
}
