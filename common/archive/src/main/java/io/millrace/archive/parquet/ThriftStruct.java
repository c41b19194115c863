package io.millrace.archive.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A structure that was read: its fields by their numbers. */
final class ThriftStruct {

    private final Map<Integer, Object> fields = new HashMap<>();

    void put(int field, Object value) throws ParquetFormatException {
        if (fields.put(field, value) != null) {
            throw new ParquetFormatException("its metadata has field " + field + " twice");
        }
    }

    boolean has(int field) {
        return fields.containsKey(field);
    }

    long number(int field) throws ParquetFormatException {
        return of(field, Long.class);
    }

    /** Returns a number, or another one if the field is missing. */
    long number(int field, long otherwise) throws ParquetFormatException {
        return has(field) ? number(field) : otherwise;
    }

    String text(int field) throws ParquetFormatException {
        return new String(of(field, byte[].class), StandardCharsets.UTF_8);
    }

    ThriftStruct struct(int field) throws ParquetFormatException {
        return of(field, ThriftStruct.class);
    }

    List<ThriftStruct> structs(int field) throws ParquetFormatException {
        return list(field, ThriftStruct.class);
    }

    <T> List<T> list(int field, Class<T> type) throws ParquetFormatException {
        List<T> elements = new ArrayList<>();
        for (Object element : of(field, List.class)) {
            elements.add(cast(element, type, field));
        }
        return elements;
    }

    private <T> T of(int field, Class<T> type) throws ParquetFormatException {
        Object value = fields.get(field);
        if (value == null) {
            throw new ParquetFormatException("its metadata has no field " + field + " where one is required");
        }
        return cast(value, type, field);
    }

    private static <T> T cast(Object value, Class<T> type, int field) throws ParquetFormatException {
        if (!type.isInstance(value)) {
            throw new ParquetFormatException(
                    "its metadata has another type in field " + field + " than Parquet defines");
        }
        return type.cast(value);
    }
}
