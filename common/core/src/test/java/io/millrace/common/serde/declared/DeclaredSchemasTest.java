package io.millrace.common.serde.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ColumnKind;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.ValueEncoding;
import io.millrace.common.serde.declared.DeclaredTable.DeclaredColumn;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclaredSchemasTest {

    private static final String ORDERS = "public.orders";
    private static final ConsumedRecord OTHERS = record(List.of());
    private static final ConsumedRecord OURS =
            record(List.of(new Header("millrace-version", "7".getBytes(StandardCharsets.US_ASCII))));

    private final DeclaredSchemas schemas = new DeclaredSchemas(new DeclaredTables(
            Map.of(
                    ORDERS,
                    table(
                            "day", "date",
                            "no", "integer",
                            "total", "numeric(20, 4)",
                            "lasts", "interval",
                            "moods", "enum[]")),
            Set.of(ORDERS, "public.users"),
            Dialect.debezium(DecimalHandling.PRECISE, TimePrecision.CONNECT)));

    @Test
    void theKeysColumnsAreThoseOfTheMessageInItsOrder() throws Exception {
        RowSchema schema = schemas.of(OTHERS, ORDERS, List.of("no", "day"));

        assertThat(Columns.ofKey(schema).all()).extracting(Column::name).containsExactly("no", "day");
        assertThat(Columns.ofRow(schema).get("day").optional()).isFalse();
        assertThat(Columns.ofRow(schema).get("total").optional()).isTrue();
    }

    @Test
    void aNumberHasTheDigitsOfItsDeclaration() throws Exception {
        Column total = row(OTHERS).get("total");

        assertThat(total.encoding()).isEqualTo(ValueEncoding.DECIMAL_BYTES);
        assertThat(total.sourceLength()).isEqualTo(20);
        assertThat(total.sourceScale()).isEqualTo(4);
        assertThat(total.size()).isEqualTo(4);
    }

    @Test
    void whatACaptureOfThisProjectWroteIsInItsOwnForm() throws Exception {
        assertThat(row(OURS).get("total").encoding()).isEqualTo(ValueEncoding.DECIMAL_TEXT);
        assertThat(row(OURS).get("day").semantic()).isEqualTo("io.debezium.time.Date");
        assertThat(row(OURS).get("lasts").kind()).isEqualTo(ColumnKind.KEYWORD);
        assertThat(row(OTHERS).get("day").semantic()).isEqualTo("org.apache.kafka.connect.data.Date");
        assertThat(row(OTHERS).get("lasts").kind()).isEqualTo(ColumnKind.INTEGER);
    }

    @Test
    void aListOfEnumsHoldsWordsWhoeverWroteIt() throws Exception {
        for (ConsumedRecord record : List.of(OURS, OTHERS)) {
            Column moods = row(record).get("moods");

            assertThat(moods.kind()).isEqualTo(ColumnKind.ARRAY);
            assertThat(moods.items().type()).isEqualTo("string");
            assertThat(moods.items().kind()).isEqualTo(ColumnKind.KEYWORD);
        }
    }

    @Test
    void eachSchemaIsOneInstance() {
        assertThat(schemas.of(OTHERS, ORDERS, List.of("no"))).isSameAs(schemas.of(OTHERS, ORDERS, List.of("no")));
        assertThat(schemas.of(OURS, ORDERS, List.of("no"))).isNotEqualTo(schemas.of(OTHERS, ORDERS, List.of("no")));
    }

    @Test
    void refusesWhatCannotBeUnderstood() {
        assertThatCode(() -> schemas.requireTypes(ORDERS, List.of("day", "no"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> schemas.requireTypes(ORDERS, List.of("day", "tax")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("\"tax\"", "Restart it", "`columns`");
        assertThatThrownBy(() -> schemas.requireTypes("public.users", List.of("id")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("source.kafka.catalog");
        assertThatCode(() -> schemas.requireTypes("public.others", List.of("id")))
                .doesNotThrowAnyException();
    }

    private Columns row(ConsumedRecord record) throws DataException {
        return Columns.ofRow(schemas.of(record, ORDERS, List.of("day", "no")));
    }

    private static ConsumedRecord record(List<Header> headers) {
        return new ConsumedRecord("db." + ORDERS, 0, 0, 0, null, null, headers);
    }

    private static DeclaredTable table(String... namesAndTypes) {
        Map<String, DeclaredColumn> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.put(
                    namesAndTypes[i],
                    new DeclaredColumn(PostgresType.parse(namesAndTypes[i + 1]).orElseThrow(), true));
        }
        return new DeclaredTable(columns);
    }
}
