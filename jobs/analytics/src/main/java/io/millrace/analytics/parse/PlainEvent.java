package io.millrace.analytics.parse;

import io.millrace.common.failure.DataException;
import io.millrace.common.serde.PlainJson;
import java.io.IOException;

/**
 * Walks through an event in plain JSON ({@link PlainJson}, and spaces between its own fields besides) without a parser,
 * straight over its bytes. What is not plain or not right it leaves to a parser, which alone says what is wrong.
 */
final class PlainEvent {

    private final boolean isAllowed;
    private final FieldNames names = new FieldNames();
    private final KnownTexts texts = new KnownTexts();
    private final PlainValue value = new PlainValue(this, "");

    PlainEvent(EventLimits limits) {
        this.isAllowed = limits.deepest() > PlainJson.DEEPEST;
    }

    /**
     * Shows each field that is not null to somebody, in order.
     *
     * @return false if somebody else must read it; some fields may have been shown then
     */
    boolean read(byte[] event, EventJson.Fields fields) {
        if (!isAllowed) {
            return false;
        }
        try {
            int end = readObject(event, pastSpace(event, 0), event.length, value, fields);
            return pastSpace(event, end) == event.length;
        } catch (IOException | DataException e) {
            return false;
        }
    }

    /**
     * Shows the fields of the object that begins there, and returns the place behind it.
     *
     * @param each becomes each field's value
     */
    int readObject(byte[] json, int from, int to, PlainValue each, EventJson.Fields fields)
            throws IOException, DataException {
        int at = pastSpace(json, past(json, from, to, '{'));
        if (PlainJson.is(json, at, to, '}')) {
            return at + 1;
        }
        while (true) {
            at = pastSpace(json, readField(json, at, to, each, fields));
            if (PlainJson.is(json, at, to, '}')) {
                return at + 1;
            }
            at = pastSpace(json, past(json, at, to, ','));
        }
    }

    private int readField(byte[] json, int from, int to, PlainValue each, EventJson.Fields fields)
            throws IOException, DataException {
        int pastName = known(PlainJson.pastText(json, from, to));
        int begin = pastSpace(json, past(json, pastSpace(json, pastName), to, ':'));
        int end = known(PlainJson.pastValue(json, begin, to));
        String name = names.of(json, from + 1, pastName - 1);
        if (name == null) {
            throw new NotPlainException();
        }
        if (json[begin] != 'n') {
            each.meet(name);
            each.move(json, begin, end);
            fields.take(name, each);
        }
        return end;
    }

    /** Returns the texts that values have been. */
    KnownTexts texts() {
        return texts;
    }

    private static int past(byte[] json, int at, int to, char expected) throws NotPlainException {
        return known(PlainJson.is(json, at, to, expected) ? at + 1 : PlainJson.UNKNOWN);
    }

    private static int known(int place) throws NotPlainException {
        if (place == PlainJson.UNKNOWN) {
            throw new NotPlainException();
        }
        return place;
    }

    private static int pastSpace(byte[] json, int from) {
        int at = from;
        while (at < json.length && isSpace(json[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
