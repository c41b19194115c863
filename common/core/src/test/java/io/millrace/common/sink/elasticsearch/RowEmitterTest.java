package io.millrace.common.sink.elasticsearch;

import static io.millrace.common.sink.elasticsearch.Changes.requests;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.time.Date;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.serde.SampleTable;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

class RowEmitterTest {

    @Test
    void writesADocumentWithTheVersionOfItsRow() throws IOException {
        String[] lines = body(Changes.row(Long.MAX_VALUE, 7, "{\"id\":7,\"price\":12345678901234567890.10}"));

        assertThat(lines)
                .containsExactly(
                        "{\"index\":{\"_index\":\"users\",\"_id\":\"7\",\"version\":9223372036854775807,"
                                + "\"version_type\":\"external_gte\",\"require_alias\":true}}",
                        "{\"id\":7,\"price\":12345678901234567890.10}");
    }

    @Test
    void deletesWithAVersionToo() throws IOException {
        assertThat(body(Changes.delete(3, 7)))
                .containsExactly("{\"delete\":{\"_index\":\"users\",\"_id\":\"7\",\"version\":3,"
                        + "\"version_type\":\"external_gte\"}}");
    }

    @Test
    void keepsHostileValuesInsideTheirLine() throws IOException {
        String hostile = "a\r\n{\"delete\":{}}\u0000\u2028\"; DROP ../";
        ObjectMapper json = new ObjectMapper();
        String row = json.writeValueAsString(Map.of("id", hostile));

        String[] lines = body(Changes.row(1, row, row, null));

        assertThat(lines).hasSize(2);
        JsonNode action = json.readTree(lines[0]).path("index");
        assertThat(action.path("_id").asText()).isEqualTo(hostile);
        assertThat(json.readTree(lines[1]).path("id").asText()).isEqualTo(hostile);
    }

    private static String[] body(RowChange change) throws IOException {
        return new String(BulkBody.of(requests(change)), UTF_8).split("\n");
    }

    @Test
    void makesTheIdOfAKeyAsADocumentShowsIt() {
        SampleTable table =
                new SampleTable().key("tenant", "TEXT", SchemaBuilder.string()).key("day", "DATE", Date.builder());
        byte[] key = table.keyOf(Map.of("tenant", "acme", "day", 0));
        RowChange change =
                Changes.change(Operation.READ, 1, key, table.row(Map.of("tenant", "acme", "day", 0)), table.schema());

        assertThat(requests(change).get(0).id()).isEqualTo("acme|1970-01-01");
    }

    @Test
    void refusesARowThatMakesNoDocument() {
        assertThat(requests(Changes.row(1, 7, "{\"bio\":\"__debezium_unavailable_value\"}"))
                        .get(0)
                        .refusal())
                .hasMessageContaining("placeholder");
        assertThat(requests(Changes.row(1, "{}", "{}", null)).get(0).refusal()).hasMessageContaining("no column");
    }

    @Test
    void takesThePlaceholdersTextForAUsersOwnInWhatWasCapturedHere() {
        String row = "{\"bio\":\"__debezium_unavailable_value\"}";
        RowChange read = Changes.captured(1, 7, row);
        RowChange direct = new RowChange(
                Changes.TABLE, read.operation(), 1, read.key(), null, read.after(), null, read.source(), null);

        assertThat(requests(read, direct)).allSatisfy(request -> {
            assertThat(request.refusal()).isNull();
            assertThat(request.document()).isEqualTo(row.getBytes(UTF_8));
        });
    }

    @Test
    void refusesATruncate() {
        RowChange truncate = Changes.change(Operation.TRUNCATE, 1, new byte[0], null, null);

        assertThat(requests(truncate).get(0).refusal()).hasMessageContaining("TRUNCATE");
    }

    @Test
    void stopsAtAChangeThatMustNotReachIt() {
        RowChange unversioned = Changes.delete(RowChange.UNVERSIONED, 1);
        RowChange elsewhere = new RowChange(
                "public.other", Operation.DELETE, 1, unversioned.key(), null, null, null, unversioned.source(), null);

        assertThatThrownBy(() -> requests(unversioned)).hasMessageContaining("has no version");
        assertThatThrownBy(() -> requests(elsewhere)).hasMessageContaining("public.other has no route");
    }
}
