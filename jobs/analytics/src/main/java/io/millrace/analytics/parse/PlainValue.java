package io.millrace.analytics.parse;

import io.millrace.common.failure.DataException;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.UsualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A value that was found in plain JSON. */
final class PlainValue extends FieldValue {

    private static final byte[] NOTHING = {};

    private final PlainEvent event;
    private byte[] json = NOTHING;
    private int from;
    private int to;

    /** @param prefix what a field is called by in messages, before its own name */
    PlainValue(PlainEvent event, String prefix) {
        super(prefix);
        this.event = event;
    }

    /** Goes on to another place. */
    void move(byte[] bytes, int begin, int end) {
        json = bytes;
        from = begin;
        to = end;
    }

    @Override
    Form form() {
        return switch (json[from]) {
            case '"' -> Form.TEXT;
            case '[' -> Form.LIST;
            case '{' -> Form.OBJECT;
            case 't', 'f' -> Form.WORD;
            default -> PlainJson.pastWhole(json, from, to) == to ? Form.WHOLE_NUMBER : Form.FRACTION;
        };
    }

    @Override
    String written() throws NotPlainException {
        if (form() != Form.TEXT) {
            return new String(json, from, to - from, StandardCharsets.US_ASCII);
        }
        if (!PlainJson.isUnescaped(json, from, to)) {
            throw new NotPlainException();
        }
        return new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }

    @Override
    boolean mayHoldHalves() {
        return false;
    }

    /** Without a text, if it is written as is usual. */
    @Override
    long time() throws IOException, DataException {
        long usual = json[from] == '"' ? UsualTime.of(json, from + 1, to - 1) : UsualTime.NO_TIME;
        return usual == UsualTime.NO_TIME ? super.time() : EventTime.require(usual);
    }

    @Override
    ObjectList list() throws NotPlainException {
        throw new NotPlainException();
    }

    @Override
    void fields(String within, EventJson.Fields fields) throws IOException, DataException {
        event.readObject(json, from, to, new PlainValue(event, within), fields);
    }
}
