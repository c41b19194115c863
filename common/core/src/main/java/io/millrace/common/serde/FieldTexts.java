package io.millrace.common.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a small document as texts, for whoever makes an identifier from a key. */
public final class FieldTexts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FieldTexts() {}

    /**
     * Returns the fields in their order: a text or number as it is, null as null, a list or an object as JSON.
     *
     * @param document what {@link DocumentWriter} wrote
     * @throws DataException if the document is not a JSON object
     */
    public static Map<String, @Nullable String> of(byte[] document) throws DataException {
        JsonNode object;
        try {
            object = JSON.readTree(document);
        } catch (IOException e) {
            throw ValueReader.notJson("the document", e);
        }
        if (!object.isObject()) {
            throw new DataException("the document is not a JSON object");
        }
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            texts.put(field.getKey(), text(field.getValue()));
        }
        return texts;
    }

    private static @Nullable String text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
