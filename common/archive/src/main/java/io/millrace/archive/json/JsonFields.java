package io.millrace.archive.json;

import io.millrace.archive.bytes.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object that was read. Each method throws an {@link IOException} that names the field which is not as it must be. */
public final class JsonFields {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    JsonFields(Map<?, ?> map) {
        map.forEach((name, value) -> fields.put((String) name, value));
    }

    /** Returns all fields. */
    public Map<String, Object> asMap() {
        return fields;
    }

    /** Checks that it has these fields and no other. */
    public void checkNames(Set<String> names) throws IOException {
        if (!fields.keySet().equals(names)) {
            throw new IOException("it has the fields " + fields.keySet() + ", and not " + names);
        }
    }

    /** Returns a text. */
    public String text(String name) throws IOException {
        return field(name, String.class);
    }

    /** Returns a text, or null where it says null. */
    public @Nullable String optionalText(String name) throws IOException {
        return isNull(name) ? null : text(name);
    }

    /** Returns a number that is written as one. */
    public int integer(String name) throws IOException {
        return field(name, Integer.class);
    }

    /** Returns a number that is written as text, because not every reader of JSON knows 64 bits. */
    public long number(String name) throws IOException {
        String text = text(name);
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && Long.toString(number).equals(text)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as for any other text
        }
        throw new IOException("its field " + name + " is '" + text + "', and no whole number from 0 on");
    }

    /** Returns a number that is written as text, or null where it says null. */
    public @Nullable Long optionalNumber(String name) throws IOException {
        return isNull(name) ? null : number(name);
    }

    /** Returns a hash. */
    public Hash hash(String name) throws IOException {
        try {
            return Hash.ofHex(text(name));
        } catch (IllegalArgumentException e) {
            throw new IOException("its field " + name + ": " + e.getMessage(), e);
        }
    }

    /** Returns a hash, or null where it says null. */
    public @Nullable Hash optionalHash(String name) throws IOException {
        return isNull(name) ? null : hash(name);
    }

    /** Returns an object. */
    public JsonFields object(String name) throws IOException {
        return new JsonFields(field(name, Map.class));
    }

    /** Returns a list of objects. */
    public List<JsonFields> objects(String name) throws IOException {
        List<JsonFields> objects = new ArrayList<>();
        for (Object element : field(name, List.class)) {
            objects.add(new JsonFields(cast(name, element, Map.class)));
        }
        return objects;
    }

    /** Says whether a field says null. */
    public boolean isNull(String name) {
        return fields.containsKey(name) && fields.get(name) == null;
    }

    private <T> T field(String name, Class<T> type) throws IOException {
        return cast(name, fields.get(name), type);
    }

    private static <T> T cast(String name, @Nullable Object value, Class<T> type) throws IOException {
        if (!type.isInstance(value)) {
            throw new IOException("its field " + name + " is missing, or of another type");
        }
        return type.cast(value);
    }
}
