package io.millrace.common.source.postgres.pgoutput;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.ColumnForms;
import io.millrace.common.event.RowSchema;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;

/** Makes the JSON of Connect schemas, once for each schema object. */
final class RowSchemas {

    private static final int MOST = 10_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final IdentityHashMap<Schema, RowSchema> known = new IdentityHashMap<>();
    private final JsonConverter converter = new JsonConverter();

    RowSchemas() {
        converter.configure(Map.of("schemas.enable", "true"), false);
    }

    /** A record without a key, as of a TRUNCATE, says nothing of the key of those that share its value's schema. */
    RowSchema of(@Nullable Schema key, Schema value, ColumnForms forms) throws JsonProcessingException {
        if (key == null) {
            return new RowSchema(json(null), json(value), forms);
        }
        RowSchema schema = known.get(value);
        if (schema == null || !forms.equals(schema.forms())) {
            schema = new RowSchema(json(key), json(value), forms);
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(value, schema);
        }
        return schema;
    }

    private byte[] json(@Nullable Schema schema) throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(schema == null ? null : converter.asJsonSchema(schema));
    }
}
