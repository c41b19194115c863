package io.millrace.common.sink.elasticsearch;

import static io.millrace.common.sink.elasticsearch.Changes.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.RowSchema;
import io.millrace.common.serde.SampleTable;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IndexMappingsTest {

    private final RefusedException conflict = new RefusedException(
            "PUT /users/_mapping",
            new ItemAnswer(
                    400, "illegal_argument_exception", "mapper [age] cannot be changed from type [text] to [long]"));

    private final ScriptedClient client = new ScriptedClient();

    private IndexMappings mappings(@Nullable String given) {
        return new IndexMappings(client, List.of(new IndexRoute(Changes.TABLE, "users", given)));
    }

    private static RowSchema schema() {
        return new SampleTable()
                .key("id", "INT8", SchemaBuilder.int64())
                .column("age", "INT4", SchemaBuilder.int32())
                .schema();
    }

    private static List<RowRequest> rowWith(RowSchema schema) {
        return requests(Changes.row(1, "{\"id\":1}", "{\"id\":1,\"age\":2}", schema));
    }

    @Test
    void addsTheColumnsOfASchemaOnce() throws IOException {
        IndexMappings mappings = mappings(null);

        mappings.prepareFor(rowWith(schema()));
        mappings.prepareFor(rowWith(schema()));

        assertThat(client.mappings).containsExactly("users {\"id\":{\"type\":\"long\"},\"age\":{\"type\":\"long\"}}");
    }

    @Test
    void leavesAFieldThatTheRouteMapsItself() throws IOException {
        mappings("{\"age\":{\"type\":\"byte\"}}").prepareFor(rowWith(schema()));

        assertThat(client.mappings).containsExactly("users {\"id\":{\"type\":\"long\"}}");
    }

    @Test
    void addsTheOtherFieldsWhereOneConflicts() throws IOException {
        client.mappingFailures.add(conflict);

        mappings(null).prepareFor(rowWith(schema()));

        assertThat(client.mappings)
                .containsExactly("users {\"id\":{\"type\":\"long\"}}", "users {\"age\":{\"type\":\"long\"}}");
    }

    @Test
    void livesWithAFieldThatKeepsItsMapping() throws IOException {
        client.mappingFailures.addAll(List.of(conflict, conflict));

        mappings(null).prepareFor(rowWith(schema()));

        assertThat(client.mappings).containsExactly("users {\"age\":{\"type\":\"long\"}}");
    }

    @Test
    void triesAgainAfterAnOutage() throws IOException {
        IndexMappings mappings = mappings(null);
        client.mappingFailures.add(ScriptedClient.whole(503));

        assertThatThrownBy(() -> mappings.prepareFor(rowWith(schema()))).isInstanceOf(RefusedException.class);
        mappings.prepareFor(rowWith(schema()));

        assertThat(client.mappings).hasSize(1);
    }

    @Test
    void asksNothingOfARowWithoutASchema() throws IOException {
        mappings(null).prepareFor(requests(Changes.row(1, 1, "{\"id\":1}"), Changes.delete(2, 1)));

        assertThat(client.mappings).isEmpty();
    }
}
