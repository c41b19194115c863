package io.millrace.common.serde.debezium;

import io.millrace.common.serde.PlainJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the outer fields of a plain row change without a parser: what {@link Envelope} reads, in the same words. */
final class PlainEnvelope {

    private static final byte[] OP = field("op");
    private static final byte[] BEFORE = field("before");
    private static final byte[] AFTER = field("after");
    private static final byte[] SOURCE = field("source");

    /** Debezium's newest has nine fields. */
    private static final int MOST_FIELDS = 16;

    private final byte[] json;
    private final int to;
    private final int[] names = new int[MOST_FIELDS];
    private final int[] namesEnd = new int[MOST_FIELDS];
    private int fields;
    private @Nullable String op;
    private byte @Nullable [] before;
    private byte @Nullable [] after;
    private byte @Nullable [] source;

    private PlainEnvelope(JsonRange payload) {
        this.json = payload.bytes();
        this.to = payload.to();
    }

    private static byte[] field(String name) {
        return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns null if the payload is not plain or no row change, or anything is wrong with it. */
    static @Nullable Envelope read(JsonRange payload) {
        PlainEnvelope envelope = new PlainEnvelope(payload);
        boolean isWhole = PlainJson.is(payload.bytes(), payload.from(), payload.to(), '{')
                && envelope.readFields(payload.from() + 1) == payload.to() - 1
                && envelope.op != null;
        return isWhole ? new Envelope(envelope.op, envelope.before, envelope.after, envelope.source, Set.of()) : null;
    }

    /** Returns the place of the closing brace. */
    private int readFields(int from) {
        int at = from;
        while (true) {
            int value = PlainJson.pastName(json, at, to);
            int end = value == PlainJson.UNKNOWN ? value : PlainJson.pastValue(json, value, to);
            if (end == PlainJson.UNKNOWN || !isNew(at, value) || !take(at, value, end)) {
                return PlainJson.UNKNOWN;
            }
            if (!PlainJson.is(json, end, to, ',')) {
                return PlainJson.is(json, end, to, '}') ? end : PlainJson.UNKNOWN;
            }
            at = end + 1;
        }
    }

    private boolean isNew(int name, int end) {
        if (fields == MOST_FIELDS) {
            return false;
        }
        for (int i = 0; i < fields; i++) {
            if (Arrays.equals(json, names[i], namesEnd[i], json, name, end)) {
                return false;
            }
        }
        names[fields] = name;
        namesEnd[fields++] = end;
        return true;
    }

    /** Returns false if the field cannot have this value. */
    private boolean take(int name, int value, int end) {
        if (PlainJson.is(json, name, value, OP)) {
            op = operation(value, end);
            return op != null;
        }
        boolean isBefore = PlainJson.is(json, name, value, BEFORE);
        boolean isAfter = PlainJson.is(json, name, value, AFTER);
        if (!isBefore && !isAfter && !PlainJson.is(json, name, value, SOURCE)) {
            return true;
        }
        boolean isNull = PlainJson.isNull(json, value, end);
        if (!isNull && json[value] != '{') {
            return false;
        }
        byte[] object = isNull ? null : Arrays.copyOfRange(json, value, end);
        if (isBefore) {
            before = object;
        } else if (isAfter) {
            after = object;
        } else {
            source = object;
        }
        return true;
    }

    /** A truncation and a message of one's own are not changes of rows. */
    private @Nullable String operation(int from, int end) {
        if (end - from != 3) {
            return null;
        }
        return switch (json[from + 1]) {
            case 'c' -> "c";
            case 'u' -> "u";
            case 'd' -> "d";
            case 'r' -> "r";
            default -> null;
        };
    }
}
