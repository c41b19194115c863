package io.millrace.common.source.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGbytea;

/** Turns what Postgres prints for a value that can be TOASTed into the JSON that the capture writes for it. */
final class ColumnJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ColumnJson() {}

    static byte[] of(@Nullable String text, RowTypes.Type type) throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(text == null ? null : value(text, type));
    }

    private static Object value(String text, RowTypes.Type type) {
        return switch (type.type()) {
            case "bytes" -> bytes(text);
            case "array" -> ArrayLiteral.parse(text, element(type.element()));
            default -> text;
        };
    }

    /** Reads either form of the server's setting {@code bytea_output}. */
    private static byte[] bytes(String text) {
        try {
            return PGbytea.toBytes(text.getBytes(StandardCharsets.US_ASCII));
        } catch (SQLException e) {
            throw new IllegalArgumentException(text.length() + " characters are no bytea", e);
        }
    }

    private static Function<String, Object> element(String type) {
        return switch (type) {
            case "boolean" -> "t"::equals;
            case "int16", "int32", "int64" -> Long::valueOf;
            case "float", "float32" -> Float::valueOf;
            case "double", "float64" -> Double::valueOf;
            default -> text -> text;
        };
    }
}
