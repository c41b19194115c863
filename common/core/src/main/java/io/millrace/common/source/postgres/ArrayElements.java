package io.millrace.common.source.postgres;

import io.debezium.data.Json;
import io.debezium.data.Uuid;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an array column: numbers, booleans and texts as Debezium has them, any other as Postgres' text.
 *
 * @param schema of one element, which may always be null
 */
record ArrayElements(Schema schema, Function<String, Object> parser) {

    private static final ArrayElements TEXT = new ArrayElements(Schema.OPTIONAL_STRING_SCHEMA, text -> text);

    /** Returns what an array type's elements are, by the array's number in {@code pg_type}. */
    static ArrayElements of(int arrayOid) {
        return switch (arrayOid) {
            case 1000 -> new ArrayElements(Schema.OPTIONAL_BOOLEAN_SCHEMA, "t"::equals);
            case 1005 -> new ArrayElements(Schema.OPTIONAL_INT16_SCHEMA, Short::valueOf);
            case 1007 -> new ArrayElements(Schema.OPTIONAL_INT32_SCHEMA, Integer::valueOf);
            case 1016, 1028 -> new ArrayElements(Schema.OPTIONAL_INT64_SCHEMA, Long::valueOf);
            case 1021 -> new ArrayElements(Schema.OPTIONAL_FLOAT32_SCHEMA, Float::valueOf);
            case 1022 -> new ArrayElements(Schema.OPTIONAL_FLOAT64_SCHEMA, Double::valueOf);
            case 199, 3807 -> new ArrayElements(Json.builder().optional().build(), text -> text);
            case 2951 -> new ArrayElements(Uuid.builder().optional().build(), text -> text);
            default -> TEXT;
        };
    }

    /** Reads an array's text; one of several dimensions becomes a {@link Nested}. */
    List<@Nullable Object> parse(String text) {
        List<@Nullable Object> values = ArrayLiteral.parse(text, parser);
        return values.stream().anyMatch(List.class::isInstance) ? new Nested(values) : values;
    }

    /** An array of arrays: empty for Connect, whose schemas do not know it, and written as it is by {@link ConnectJson}. */
    static final class Nested extends AbstractList<@Nullable Object> {

        private final List<@Nullable Object> rows;

        private Nested(List<@Nullable Object> rows) {
            this.rows = rows;
        }

        List<@Nullable Object> rows() {
            return rows;
        }

        @Override
        public Object get(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
