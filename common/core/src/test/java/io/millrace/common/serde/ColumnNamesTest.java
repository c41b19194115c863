package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DataException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

class ColumnNamesTest {

    private static final RowSchema SCHEMA = new SampleTable()
            .key("tenant", "INT4", SchemaBuilder.int32())
            .key("id", "INT4", SchemaBuilder.int32())
            .schema();

    @Test
    void areThoseOfTheSchemaAlsoOfADelete() throws DataException {
        ColumnNames names = ColumnNames.of(change("{\"tenant\":1,\"id\":2}", null, SCHEMA));

        assertThat(names.key()).containsExactly("tenant", "id");
        assertThat(names.row()).containsExactly("tenant", "id");
    }

    @Test
    void areTheFieldsOfKeyAndRowWithoutASchema() throws DataException {
        ColumnNames names = ColumnNames.of(change("{\"id\":2}", "{\"id\":2,\"name\":null,\"tags\":{\"a\":1}}", null));

        assertThat(names.key()).containsExactly("id");
        assertThat(names.row()).containsExactly("id", "name", "tags");
    }

    @Test
    void ofTheRowAreUnknownForADeleteWithoutASchema() throws DataException {
        assertThat(ColumnNames.of(change("{\"id\":2}", null, null)).row()).isEmpty();
    }

    @Test
    void ofWhatIsNoRowCannotBeTold() {
        assertThatThrownBy(() -> ColumnNames.of(change("{\"id\":2}", "[1]", null)))
                .isInstanceOf(DataException.class);
    }

    private static RowChange change(String key, String after, RowSchema schema) {
        return new RowChange(
                "public.users",
                after == null ? Operation.DELETE : Operation.CREATE,
                1,
                bytes(key),
                null,
                after == null ? null : bytes(after),
                schema,
                new SourcePosition(1, 0, 0, false, null),
                null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
