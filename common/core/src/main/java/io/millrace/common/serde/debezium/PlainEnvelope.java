package io.millrace.common.serde.debezium;

import io.millrace.common.serde.PlainJson;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the outer fields of a plain row change without a parser: what {@link Envelope} reads, in the same words. */
final class PlainEnvelope {

    private static final byte[] OP = PlainJson.field("op");
    private static final byte[] BEFORE = PlainJson.field("before");
    private static final byte[] AFTER = PlainJson.field("after");
    private static final byte[] SOURCE = PlainJson.field("source");

    /** Debezium's newest has nine fields. */
    private static final int MOST_FIELDS = 16;

    private final byte[] json;
    private final int[] names = new int[MOST_FIELDS];
    private final int[] namesEnd = new int[MOST_FIELDS];
    private int fields;
    private @Nullable String op;
    private byte @Nullable [] before;
    private byte @Nullable [] after;
    private byte @Nullable [] source;

    private PlainEnvelope(JsonRange payload) {
        this.json = payload.bytes();
    }

    /** Returns null if the payload is not plain or no row change, or anything is wrong with it. */
    static @Nullable Envelope read(JsonRange payload) {
        PlainEnvelope envelope = new PlainEnvelope(payload);
        boolean isWhole = PlainJson.takeFields(payload.bytes(), payload.from(), payload.to(), envelope::take)
                && envelope.op != null;
        return isWhole ? new Envelope(envelope.op, envelope.before, envelope.after, envelope.source, Set.of()) : null;
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
        if (!isNew(name, value)) {
            return false;
        }
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
