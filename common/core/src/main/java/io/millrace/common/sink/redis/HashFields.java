package io.millrace.common.sink.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields of a hash, from the JSON object that they are written as until then. */
final class HashFields {

    private static final JsonFactory JSON = new JsonFactory();

    private HashFields() {}

    /** Returns name and value by turns; a value that is null has no field. */
    static List<byte[]> of(byte[] object) {
        List<byte[]> fields = new ArrayList<>();
        try (JsonParser json = JSON.createParser(object)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                if (json.nextToken() != JsonToken.VALUE_NULL) {
                    fields.add(name.getBytes(StandardCharsets.UTF_8));
                    fields.add(value(json));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a document that was written as JSON cannot be read", e);
        }
        return fields;
    }

    private static byte[] value(JsonParser json) throws IOException {
        if (!json.currentToken().isStructStart()) {
            return json.getText().getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        try (JsonGenerator copy = JSON.createGenerator(nested)) {
            copy.copyCurrentStructure(json);
        }
        return nested.toByteArray();
    }
}
