package io.millrace.analytics.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The value of a field that is being read: each method reads it as something, or refuses it. */
final class FieldValue {

    /** Of amounts: below 10²⁰, and at most 9 digits behind the point, as {@code Decimal(38, 9)} can hold sums of. */
    private static final int MOST_DIGITS_BEFORE_POINT = 20;

    private static final int MOST_DIGITS_BEHIND_POINT = 9;
    private static final int LONGEST_AMOUNT = 64;

    /** A day, in milliseconds. */
    private static final int LONGEST_DURATION = 86_400_000;

    private final JsonParser parser;
    private final String prefix;
    private String name = "";

    /** @param prefix what a field is called by in messages, before its own name */
    FieldValue(JsonParser parser, String prefix) {
        this.parser = parser;
        this.prefix = prefix;
    }

    void meet(String field) {
        name = prefix.isEmpty() ? field : prefix + field;
    }

    /**
     * Returns a text; producers write ids as numbers too. An empty one is none.
     *
     * @param longest characters
     */
    @Nullable
    String text(int longest) throws IOException, DataException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
            throw new DataException("`" + name + "` is no text");
        }
        String text = parser.getText();
        if (text.length() > longest) {
            throw new DataException("`" + name + "` has more than " + longest + " characters");
        }
        if (hasLoneSurrogate(text)) {
            throw new DataException("`" + name + "` holds half of a character, which UTF-8 cannot write");
        }
        return text.isEmpty() ? null : text;
    }

    /** Returns a time in epoch milliseconds. */
    long time() throws IOException, DataException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return EventTime.ofText(parser.getText());
        }
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return EventTime.require(parser.getLongValue());
        }
        double number = token == JsonToken.VALUE_NUMBER_FLOAT ? parser.getDoubleValue() : -1;
        return EventTime.require(number >= 0 ? (long) number : -1);
    }

    /** Returns an exact amount, from decimal text or a number. */
    BigDecimal amount() throws IOException, DataException {
        JsonToken token = parser.currentToken();
        String text = token == JsonToken.VALUE_STRING || token.isNumeric() ? parser.getText() : "";
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
        JsonToken token = parser.currentToken();
        String text = token == JsonToken.VALUE_STRING || token.isNumeric() ? parser.getText() : "";
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

    /** Returns a list of objects, to be read before anything else is. */
    ObjectList objects() throws DataException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new DataException("`" + name + "` is no list");
        }
        return new ObjectList(parser);
    }

    /** Shows the fields of an object; what is refused in one refuses the event. */
    void object(EventJson.Fields fields) throws IOException, DataException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new DataException("`" + name + "` is no object");
        }
        EventJson.readFields(parser, name + ".", fields);
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
