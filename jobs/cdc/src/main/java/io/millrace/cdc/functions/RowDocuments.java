package io.millrace.cdc.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.DecimalForm;
import io.millrace.common.serde.DocumentWriter;
import io.millrace.common.serde.ValueEncoding;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows and keys as documents for readers in JavaScript: exact decimals are texts, and so are whole numbers that
 * JavaScript cannot hold. An instance belongs to one thread.
 */
final class RowDocuments {

    /** 2<sup>53</sup> - 1, JavaScript's {@code Number.MAX_SAFE_INTEGER}. */
    private static final BigInteger MOST_SAFE = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final DocumentWriter documents = new DocumentWriter(DecimalForm.TEXT);

    /** Returns the document of a row or key, as {@link DocumentWriter} would write it; JSON in a column as it is. */
    ObjectNode of(byte[] row, Columns columns, boolean mayHoldPlaceholder) throws DataException {
        byte[] document = documents.write(row, columns, mayHoldPlaceholder);
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(document);
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                Column column = columns.get(field.getKey());
                if (column == null || column.encoding() != ValueEncoding.JSON_TEXT) {
                    field.setValue(safe(field.getValue()));
                }
            }
            return object;
        } catch (IOException e) {
            throw new DataException("the row is not JSON: " + e.getClass().getSimpleName());
        }
    }

    ObjectNode empty() {
        return JSON.createObjectNode();
    }

    static byte[] bytes(JsonNode document) throws JsonProcessingException {
        return JSON.writeValueAsBytes(document);
    }

    /** Returns a value as the text that names it, or null for null. */
    static @Nullable String text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static JsonNode safe(JsonNode value) {
        if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, safe(array.get(i)));
            }
            return array;
        }
        boolean unsafe =
                value.isIntegralNumber() && value.bigIntegerValue().abs().compareTo(MOST_SAFE) > 0;
        return unsafe ? JSON.getNodeFactory().textNode(value.asText()) : value;
    }
}
