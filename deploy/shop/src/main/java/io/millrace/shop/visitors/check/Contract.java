package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** What an event has to be, by the documentation; read from a tree, field by field. */
final class Contract {

    private static final int LARGEST = 256 * 1024;
    private static final int DEEPEST = 32;
    private static final long DRIFT = 600_000;
    private static final long LAST = Instant.parse("2097-01-01T00:00:00Z").toEpochMilli();
    private static final BigDecimal MOST_MILLIS = BigDecimal.valueOf(86_400_000);
    private static final int MOST_DIGITS = 9;

    /** What a topic's events must name. */
    private final List<String> required;

    /** An event is no event. */
    static final class Breach extends Exception {
        private static final long serialVersionUID = 1L;

        Breach(String message) {
            super(message);
        }
    }

    Contract(List<String> required) {
        this.required = required;
    }

    static void requireSize(byte[] value) throws Breach {
        require(value.length <= LARGEST, "it is too large");
        int depth = 0;
        boolean isText = false;
        for (int i = 0; i < value.length; i++) {
            if (isText && value[i] == '\\') {
                i++;
            } else if (value[i] == '"') {
                isText = !isText;
            } else if (!isText) {
                depth += value[i] == '[' || value[i] == '{' ? 1 : value[i] == ']' || value[i] == '}' ? -1 : 0;
                require(depth <= DEEPEST, "it is too deep");
            }
        }
    }

    /** Checks all but the time. */
    void requireFields(JsonNode event) throws Breach {
        require(event.isObject(), "it is no object");
        for (String field : required) {
            require(isText(event.path(field)), field + " is missing");
        }
        if (required.contains("service")) {
            require(event.path("status").isIntegralNumber(), "it has no status");
            require(event.path("durationMs").isNumber(), "it has no duration");
            BigDecimal millis = event.path("durationMs").decimalValue();
            require(millis.signum() >= 0 && millis.compareTo(MOST_MILLIS) <= 0, "it took too long");
        }
        if (required.contains("type") && event.path("type").asText().equals("purchase")) {
            requirePayment(event);
        }
    }

    private static void requirePayment(JsonNode event) throws Breach {
        amount(event.path("amount"));
        require(isText(event.path("currency")), "it has no currency");
        if (event.has("items")) {
            require(event.path("items").isArray(), "items are no list");
            for (JsonNode item : event.path("items")) {
                require(!item.has("quantity") || item.path("quantity").isIntegralNumber(), "a quantity is broken");
                if (item.has("price")) {
                    amount(item.path("price"));
                }
            }
        }
    }

    /** Returns a decimal number that is written as a text or a number. */
    static BigDecimal amount(JsonNode value) throws Breach {
        require(value.isTextual() || value.isNumber(), "an amount is missing");
        try {
            BigDecimal amount = value.isNumber() ? value.decimalValue() : new BigDecimal(value.asText());
            require(
                    amount.scale() <= MOST_DIGITS && amount.precision() - amount.scale() <= 20,
                    "an amount is too long");
            return amount;
        } catch (NumberFormatException e) {
            throw new Breach("an amount is none: " + e.getMessage());
        }
    }

    /** Returns the time of an event, which is its record's if it has none of its own. */
    static long time(JsonNode event, long recordTime) throws Breach {
        JsonNode value = event.path("timestamp");
        if (value.isMissingNode() || value.isNull()) {
            return recordTime;
        }
        try {
            long time = value.isNumber()
                    ? value.longValue()
                    : OffsetDateTime.parse(value.asText()).toInstant().toEpochMilli();
            require(time >= 0 && time < LAST, "its time is none");
            require(time - recordTime <= DRIFT, "it is of the future");
            return time;
        } catch (DateTimeException e) {
            throw new Breach("its time is none: " + e.getMessage());
        }
    }

    private static boolean isText(JsonNode value) {
        return (value.isTextual() || value.isIntegralNumber())
                && !value.asText().isEmpty();
    }

    private static void require(boolean holds, String message) throws Breach {
        if (!holds) {
            throw new Breach(message);
        }
    }
}
