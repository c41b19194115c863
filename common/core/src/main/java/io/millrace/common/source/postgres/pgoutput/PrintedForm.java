package io.millrace.common.source.postgres.pgoutput;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the usual values of a column become JSON straight from what Postgres prints. Each writes what Debezium's
 * converter and {@code ConnectJson} would; a value that is not plain, such as an infinite date, is left to them.
 */
enum PrintedForm {
    /** Any text of a database that knows its encoding: also numbers of arbitrary precision, intervals, addresses. */
    TEXT((source, start, length, json) -> {
        if (!Utf8.isRight(source, start, length)) {
            return false;
        }
        json.text(source, start, length);
        return true;
    }),
    INTEGER((source, start, length, json) -> {
        json.raw(source, start, length);
        return true;
    }),
    BOOLEAN((source, start, length, json) -> {
        json.raw(source[start] == 't' ? "true" : "false");
        return true;
    }),
    FLOAT((source, start, length, json) -> {
        float value = Float.parseFloat(string(source, start, length));
        json.raw(Float.toString(value));
        return Float.isFinite(value);
    }),
    DOUBLE((source, start, length, json) -> {
        double value = Double.parseDouble(string(source, start, length));
        json.raw(Double.toString(value));
        return Double.isFinite(value);
    }),
    DATE((source, start, length, json) -> number(PlainTime.days(source, start, length), json)),
    TIME_MILLIS((source, start, length, json) -> millis(PlainTime.timeOfDay(source, start, length), json)),
    TIME_MICROS((source, start, length, json) -> number(PlainTime.timeOfDay(source, start, length), json)),
    TIMESTAMP_MICROS((source, start, length, json) -> number(PlainTime.timestamp(source, start, length), json)),
    TIMESTAMP_MILLIS((source, start, length, json) -> millis(PlainTime.timestamp(source, start, length), json)),
    TIMESTAMP_IN_UTC(PrintedForm::inUtc);

    private static final byte[] UTC = "+00".getBytes(StandardCharsets.US_ASCII);
    private static final long MICROS = 1_000;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that holds nothing
    private final Writer writer;

    @FunctionalInterface
    private interface Writer {
        boolean write(byte[] source, int start, int length, JsonBytes json);
    }

    PrintedForm(Writer writer) {
        this.writer = writer;
    }

    /**
     * Writes a value.
     *
     * @return false if it is not plain; what was written then is to be thrown away
     */
    boolean write(byte[] source, int start, int length, JsonBytes json) {
        return writer.write(source, start, length, json);
    }

    /** Returns the form of a column, by its Connect type; null if none of its values is plain. */
    static @Nullable PrintedForm of(Schema type) {
        String name = type.name() == null ? "" : type.name();
        return switch (name) {
            case "" -> unnamed(type);
            case "io.debezium.data.Json", "io.debezium.data.Uuid", "io.debezium.data.Enum" -> TEXT;
            case "io.debezium.time.Date" -> DATE;
            case "io.debezium.time.Time" -> TIME_MILLIS;
            case "io.debezium.time.MicroTime" -> TIME_MICROS;
            case "io.debezium.time.MicroTimestamp" -> TIMESTAMP_MICROS;
            case "io.debezium.time.Timestamp" -> TIMESTAMP_MILLIS;
            case "io.debezium.time.ZonedTimestamp" -> TIMESTAMP_IN_UTC;
            default -> null;
        };
    }

    private static @Nullable PrintedForm unnamed(Schema type) {
        return switch (type.type()) {
            case STRING -> TEXT;
            case INT16, INT32, INT64 -> INTEGER;
            case BOOLEAN -> BOOLEAN;
            case FLOAT32 -> FLOAT;
            case FLOAT64 -> DOUBLE;
            default -> null;
        };
    }

    private static boolean inUtc(byte[] source, int start, int length, JsonBytes json) {
        int end = start + length - UTC.length;
        if (!PlainTime.endsWith(UTC, source, start, length)
                || PlainTime.timestamp(source, start, end - start) == PlainTime.NOT_PLAIN) {
            return false;
        }
        json.raw('"').raw(source, start, PlainTime.DATE).raw('T');
        json.raw(source, start + PlainTime.DATE + 1, end - start - PlainTime.DATE - 1);
        json.raw('Z').raw('"');
        return true;
    }

    private static boolean millis(long micros, JsonBytes json) {
        return micros != PlainTime.NOT_PLAIN && number(Math.floorDiv(micros, MICROS), json);
    }

    private static boolean number(long value, JsonBytes json) {
        json.number(value);
        return value != PlainTime.NOT_PLAIN;
    }

    private static String string(byte[] source, int start, int length) {
        return new String(source, start, length, StandardCharsets.US_ASCII);
    }
}
