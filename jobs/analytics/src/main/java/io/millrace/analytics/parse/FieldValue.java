package io.millrace.analytics.parse;

import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The value of a field that is being read: each method reads it as something, or refuses it. */
abstract class FieldValue {

    /** Of amounts: below 10²⁰, and at most 9 digits behind the point, as {@code Decimal(38, 9)} can hold sums of. */
    private static final int MOST_DIGITS_BEFORE_POINT = 20;

    private static final int MOST_DIGITS_BEHIND_POINT = 9;
    private static final int LONGEST_AMOUNT = 64;

    /** A day, in milliseconds. */
    static final int LONGEST_DURATION = 86_400_000;

    private final String prefix;
    private String name = "";

    /** What stands there. */
    enum Form {
        TEXT,
        WHOLE_NUMBER,
        FRACTION,
        LIST,
        OBJECT,
        WORD
    }

    /** @param prefix what a field is called by in messages, before its own name */
    FieldValue(String prefix) {
        this.prefix = prefix;
    }

    /** Goes on to the value of another field. */
    final void meet(String field) {
        name = prefix.isEmpty() ? field : prefix + field;
    }

    abstract Form form();

    /** Returns a text without its quotation marks, or a number as it is written. */
    abstract String written() throws IOException;

    /** Tells whether a text may hold half of a character, which only an escape can write. */
    abstract boolean mayHoldHalves();

    abstract ObjectList list() throws IOException;

    /**
     * Shows the fields of the object.
     *
     * @param within what they are called by in messages, before their own names
     */
    abstract void fields(String within, EventJson.Fields fields) throws IOException, DataException;

    /**
     * Returns a text; producers write ids as numbers too. An empty one is none.
     *
     * @param longest characters
     */
    @Nullable
    String text(int longest) throws IOException, DataException {
        Form form = form();
        if (form != Form.TEXT && form != Form.WHOLE_NUMBER) {
            throw new DataException("`" + name + "` is no text");
        }
        String text = written();
        if (text.length() > longest) {
            throw new DataException("`" + name + "` has more than " + longest + " characters");
        }
        if (mayHoldHalves() && hasLoneSurrogate(text)) {
            throw new DataException("`" + name + "` holds half of a character, which UTF-8 cannot write");
        }
        return text.isEmpty() ? null : text;
    }

    /**
     * Returns a text of which few are expected, that come again and again.
     *
     * @param longest characters
     */
    @Nullable
    String known(int longest) throws IOException, DataException {
        return text(longest);
    }

    /** Returns a time in epoch milliseconds. */
    long time() throws IOException, DataException {
        return switch (form()) {
            case TEXT -> EventTime.ofText(written());
            case WHOLE_NUMBER -> EventTime.ofWhole(written());
            case FRACTION -> EventTime.ofFraction(written());
            case LIST, OBJECT, WORD -> throw EventTime.noTime();
        };
    }

    /** Returns an exact amount, from decimal text or a number. */
    BigDecimal amount() throws IOException, DataException {
        String text = textOrNumber();
        if (text.length() <= LONGEST_AMOUNT) {
            try {
                BigDecimal written = new BigDecimal(text.strip());
                BigDecimal amount = written.scale() > MOST_DIGITS_BEHIND_POINT ? written.stripTrailingZeros() : written;
                if (fits(amount)) {
                    return amount.setScale(Math.max(0, amount.scale()));
                }
            } catch (NumberFormatException e) {
                throw noAmount();
            }
        }
        throw noAmount();
    }

    /**
     * Returns a whole number.
     *
     * @param most the greatest, and with a minus the least
     */
    int count(int most) throws IOException, DataException {
        try {
            int count = amount().intValueExact();
            if (Math.abs((long) count) <= most) {
                return count;
            }
        } catch (ArithmeticException e) {
            throw noCount(most);
        }
        throw noCount(most);
    }

    private DataException noCount(int most) {
        return new DataException("`" + name + "` is no whole number of at most " + most);
    }

    /** Returns a duration of at most a day, written in milliseconds of any number of digits, in whole microseconds. */
    long millisAsMicros() throws IOException, DataException {
        String text = textOrNumber();
        try {
            double millis = Double.parseDouble(text);
            if (millis >= 0 && millis <= LONGEST_DURATION) {
                return Math.round(millis * 1_000);
            }
        } catch (NumberFormatException e) {
            throw noDuration();
        }
        throw noDuration();
    }

    private DataException noDuration() {
        return new DataException("`" + name + "` is no number of milliseconds from 0 to " + LONGEST_DURATION);
    }

    private String textOrNumber() throws IOException {
        return switch (form()) {
            case TEXT, WHOLE_NUMBER, FRACTION -> written();
            case LIST, OBJECT, WORD -> "";
        };
    }

    /** Returns a list of objects, to be read before anything else is. */
    ObjectList objects() throws IOException, DataException {
        if (form() != Form.LIST) {
            throw new DataException("`" + name + "` is no list");
        }
        return list();
    }

    /** Shows the fields of an object; what is refused in one refuses the event. */
    void object(EventJson.Fields fields) throws IOException, DataException {
        if (form() != Form.OBJECT) {
            throw new DataException("`" + name + "` is no object");
        }
        fields(name + ".", fields);
    }

    private static boolean fits(BigDecimal amount) {
        return amount.scale() <= MOST_DIGITS_BEHIND_POINT
                && amount.precision() - (long) amount.scale() <= MOST_DIGITS_BEFORE_POINT;
    }

    private DataException noAmount() {
        return new DataException("`" + name + "` is no decimal number of at most " + MOST_DIGITS_BEFORE_POINT
                + " digits before and " + MOST_DIGITS_BEHIND_POINT + " behind the point");
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean isPair = Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!isPair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
