package io.millrace.archive.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON as RFC 8785 writes it, of objects, lists, texts, whole numbers of 32 bits, and null: names sorted, no white space,
 * only those characters escaped that must be. What is read must be in this form to the byte.
 */
public final class CanonicalJson {

    private static final int DEEPEST = 16;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private CanonicalJson() {}

    /**
     * Returns the one form of a value.
     *
     * @throws IllegalArgumentException if it holds anything else than maps, lists, texts, integers and null
     */
    public static byte[] write(Map<String, ?> value) {
        StringBuilder out = new StringBuilder();
        append(value, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(@Nullable Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            appendMap(map, out);
        } else if (value instanceof List<?> list) {
            appendList(list, out);
        } else if (value instanceof String text) {
            appendText(text, out);
        } else if (value instanceof Integer || value == null) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " has no form here");
        }
    }

    private static void appendMap(Map<?, ?> map, StringBuilder out) {
        // Java compares texts by UTF-16 code units, which is the order that RFC 8785 asks for
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put((String) name, value));
        out.append('{');
        sorted.forEach((name, value) -> {
            out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
            appendText(name, out);
            append(value, out.append(':'));
        });
        out.append('}');
    }

    private static void appendList(List<?> list, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            append(list.get(i), i == 0 ? out : out.append(','));
        }
        out.append(']');
    }

    private static void appendText(String text, StringBuilder out) {
        out.append('"');
        text.chars().forEach(letter -> appendLetter((char) letter, out));
        out.append('"');
    }

    private static void appendLetter(char letter, StringBuilder out) {
        switch (letter) {
            case '"', '\\' -> out.append('\\').append(letter);
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (letter < ' ') {
                    out.append("\\u00").append(letter < 0x10 ? '0' : '1').append(Character.forDigit(letter & 0xF, 16));
                } else {
                    out.append(letter);
                }
            }
        }
    }

    /**
     * Reads an object that is in the one form.
     *
     * @throws IOException if it is no JSON object, or in another form
     */
    public static JsonFields read(byte[] bytes) throws IOException {
        Object value;
        try {
            value = MAPPER.readValue(bytes, Object.class);
        } catch (JsonProcessingException e) {
            throw new IOException("it is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IOException("it is no JSON object");
        }
        JsonFields fields = new JsonFields(map);
        if (!isCanonical(fields, bytes)) {
            throw new IOException("it is not in the canonical form of JSON (RFC 8785): names sorted, no white space");
        }
        return fields;
    }

    private static boolean isCanonical(JsonFields fields, byte[] bytes) {
        try {
            return Arrays.equals(write(fields.asMap()), bytes);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
