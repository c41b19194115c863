package io.millrace.common.source.postgres.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.relational.TableId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.junit.jupiter.api.Test;

class LogSourceTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LogSource source = new LogSource("dbserver1", "shop", new TableId(null, "pub\"lic", "users"));

    @Test
    void saysWhereAChangeStands() throws Exception {
        assertThat(new String(source.at(new Transaction(7, 1_700_000_000_123L, 90), 100), StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":\"1.9.8.Final\",\"connector\":\"postgresql\",\"name\":\"dbserver1\","
                        + "\"ts_ms\":1700000000123,\"snapshot\":\"false\",\"db\":\"shop\","
                        + "\"sequence\":\"[\\\"90\\\",\\\"100\\\"]\",\"schema\":\"pub\\\"lic\",\"table\":\"users\","
                        + "\"txId\":7,\"lsn\":100,\"xmin\":null}");
    }

    @Test
    void doesNotKnowTheCommitBeforeTheFirstTransaction() throws Exception {
        JsonNode block = MAPPER.readTree(source.at(new Transaction(7, 1, StreamedChange.UNKNOWN), 100));

        assertThat(block.path("sequence").asText()).isEqualTo("[null,\"100\"]");
    }

    /** The schema that goes with each message is Debezium's own. */
    @Test
    void hasTheFieldsOfDebeziumsSchema() throws Exception {
        PostgresConnectorConfig config = new PostgresConnectorConfig(
                Configuration.create().with("database.server.name", "dbserver1").build());
        List<String> declared = config.getSourceInfoStructMaker().schema().fields().stream()
                .map(Field::name)
                .toList();

        JsonNode block = MAPPER.readTree(source.at(new Transaction(7, 1, 90), 100));

        assertThat(block.fieldNames()).toIterable().containsExactlyElementsOf(declared);
    }
}
