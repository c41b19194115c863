package io.millrace.analytics.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes a JSON object of plain fields, once. */
public final class RowJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    private final JsonGenerator json;

    private interface Write {
        void run() throws IOException;
    }

    public RowJson() {
        try {
            json = JSON.createGenerator(bytes);
            json.writeStartObject();
        } catch (IOException e) {
            throw unexpected(e);
        }
    }

    public RowJson text(String name, String value) {
        return write(() -> json.writeStringField(name, value));
    }

    /** Writes a whole number; a time is its epoch milliseconds. */
    public RowJson number(String name, long value) {
        return write(() -> json.writeNumberField(name, value));
    }

    public RowJson numbers(String name, List<Long> values) {
        return write(() -> {
            json.writeArrayFieldStart(name);
            for (long value : values) {
                json.writeNumber(value);
            }
            json.writeEndArray();
        });
    }

    /** Writes a number that need not be exact. */
    public RowJson fraction(String name, double value) {
        return write(() -> json.writeNumberField(name, value));
    }

    public RowJson fractions(String name, List<Double> values) {
        return write(() -> {
            json.writeArrayFieldStart(name);
            for (double value : values) {
                json.writeNumber(value);
            }
            json.writeEndArray();
        });
    }

    private RowJson write(Write field) {
        try {
            field.run();
            return this;
        } catch (IOException e) {
            throw unexpected(e);
        }
    }

    /** Returns the object; nothing can be added then. */
    public byte[] toBytes() {
        write(() -> {
            json.writeEndObject();
            json.close();
        });
        return bytes.toByteArray();
    }

    private static UncheckedIOException unexpected(IOException error) {
        return new UncheckedIOException("nothing can fail in memory", error);
    }
}
