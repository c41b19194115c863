package io.millrace.analytics.parse;

import io.millrace.common.failure.DataException;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.UsualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A value that was found in plain JSON. */
final class PlainValue extends FieldValue {

    private static final byte[] NOTHING = {};

    /** Of a day. */
    private static final int MOST_MILLIS_DIGITS = 8;

    /** Behind the point of milliseconds. */
    private static final int MICROS_DIGITS = 3;

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

    /** The same one each time, if it was met lately. */
    @Override
    @Nullable
    String known(int longest) throws IOException, DataException {
        int bytes = to - from - 2;
        if (json[from] != '"' || bytes < 1 || bytes > Math.min(longest, KnownTexts.LONGEST)) {
            return text(longest);
        }
        int place = KnownTexts.place(json, from + 1, to - 1);
        String known = event.texts().at(place, json, from + 1, to - 1);
        if (known != null) {
            return known;
        }
        String text = text(longest);
        if (text != null) {
            event.texts().put(place, json, from + 1, to - 1, text);
        }
        return text;
    }

    /** Without a text, if it is a whole number. */
    @Override
    int count(int most) throws IOException, DataException {
        if (PlainJson.isLong(json, from, to)) {
            long count = PlainJson.number(json, from, to);
            if (Math.abs(count) <= most) {
                return (int) count;
            }
        }
        return super.count(most);
    }

    /** Without a text, if it is written with at most three digits behind the point: then no digit is lost. */
    @Override
    long millisAsMicros() throws IOException, DataException {
        long micros = micros(json, from, to);
        return micros >= 0 && micros <= LONGEST_DURATION * 1_000L ? micros : super.millisAsMicros();
    }

    /** Returns a negative number for what is not so short. */
    private static long micros(byte[] json, int from, int to) {
        int point = PlainJson.pastWhole(json, from, to);
        if (json[from] == '-' || point == PlainJson.UNKNOWN || point - from > MOST_MILLIS_DIGITS) {
            return PlainJson.UNKNOWN;
        }
        if (to - point > MICROS_DIGITS + 1 || (point < to && json[point] != '.')) {
            return PlainJson.UNKNOWN;
        }
        long micros = PlainJson.number(json, from, point);
        for (int i = point + 1; i <= point + MICROS_DIGITS; i++) {
            int digit = i < to ? json[i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return PlainJson.UNKNOWN;
            }
            micros = 10 * micros + digit;
        }
        return micros;
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
