package io.millrace.analytics.parse;

import io.millrace.common.failure.DataException;
import io.millrace.common.serde.UsualTime;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Times of events: epoch milliseconds, as a number or as digits, or ISO-8601 text with an offset or {@code Z}. */
final class EventTime {

    /** 2096-12-31T23:59:59.999Z: the minute of a later one would have no room in a version. */
    private static final long LAST = 4_007_836_799_999L;

    private EventTime() {}

    static long ofWhole(String number) throws DataException {
        try {
            return require(Long.parseLong(number));
        } catch (NumberFormatException e) {
            throw noTime();
        }
    }

    static long ofFraction(String number) throws DataException {
        double millis = Double.parseDouble(number);
        return require(millis >= 0 ? (long) millis : UsualTime.NO_TIME);
    }

    static long ofText(String text) throws DataException {
        long usual = UsualTime.of(text);
        if (usual != UsualTime.NO_TIME) {
            return require(usual);
        }
        try {
            return isNumber(text)
                    ? require(Long.parseLong(text))
                    : require(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw noTime();
        }
    }

    static long require(long millis) throws DataException {
        if (millis < 0 || millis > LAST) {
            throw noTime();
        }
        return millis;
    }

    static DataException noTime() {
        return new DataException(
                "`timestamp` is neither ISO-8601 text with an offset, such as 2026-01-31T12:00:00.000Z,"
                        + " nor epoch milliseconds, of the years 1970 to 2096");
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 16 && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
