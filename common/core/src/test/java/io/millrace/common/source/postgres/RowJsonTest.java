package io.millrace.common.source.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void findsEveryColumnAndItsValue() throws Exception {
        ObjectNode row = MAPPER.createObjectNode()
                .put("id", -1.5e300)
                .put("text", "a\"b\\,}{][:")
                .put("back", "\\")
                .put("empty", "")
                .put("ü€", "ü€😀")
                .put("odd \"name\\,\n", true)
                .putNull("none");
        row.putArray("list").add("]").add(1).addArray().add("x,");
        row.putObject("object").put("}", "{").putObject("deep").put("a", 1);
        byte[] bytes = MAPPER.writeValueAsBytes(row);

        List<RowJson.Column> columns = RowJson.columns(bytes);

        assertThat(columns).hasSameSizeAs(row);
        for (RowJson.Column column : columns) {
            String name = MAPPER.readValue('"' + column.name() + '"', String.class);
            String value = new String(bytes, column.start(), column.end() - column.start(), UTF_8);
            assertThat(MAPPER.readTree(value))
                    .as(name)
                    .isEqualTo(MAPPER.readTree(bytes).get(name));
            assertThat(RowJson.escaped(name)).isEqualTo(column.name());
        }
    }

    @Test
    void aRowWithoutColumnsHasNone() {
        assertThat(RowJson.columns("{}".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void putsOtherValuesIntoTheirColumnsOnly() {
        byte[] row = "{\"a\":{\"unchanged\":true},\"b\":\"a\",\"c\":{\"unchanged\":true}}".getBytes(UTF_8);

        byte[] filled = RowJson.with(
                row,
                RowJson.columns(row),
                Map.of("c", "\"ü\"".getBytes(UTF_8), "a", "[1]".getBytes(UTF_8), "x", new byte[0]));

        assertThat(filled).asString(UTF_8).isEqualTo("{\"a\":[1],\"b\":\"a\",\"c\":\"ü\"}");
    }

    @Test
    void withoutOtherValuesARowStaysAsItIs() {
        byte[] row = "{\"a\":1,\"b\":[2]}".getBytes(UTF_8);

        assertThat(RowJson.with(row, RowJson.columns(row), Map.of())).isEqualTo(row);
    }
}
