package io.millrace.audit.parse;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.UsualTime;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Times of events: epoch milliseconds, as a number or as digits, or ISO-8601 text with an offset or {@code Z}. */
final class EventTime {

    private static final int LONGEST = 16;

    private EventTime() {}

    static long of(JsonNode value) throws DataException {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        String text = value.isTextual() ? value.textValue() : "";
        long usual = UsualTime.of(text);
        if (usual != UsualTime.NO_TIME) {
            return usual;
        }
        try {
            return isNumber(text)
                    ? Long.parseLong(text)
                    : OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new DataException("`timestamp` is neither ISO-8601 text with an offset, such as"
                    + " 2026-01-31T12:00:00.000Z, nor epoch milliseconds");
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
