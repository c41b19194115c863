package io.millrace.analytics.parse;

import io.millrace.common.failure.DataException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Times of events: epoch milliseconds, as a number or as digits, or ISO-8601 text with an offset or {@code Z}. */
final class EventTime {

    /** 2096-12-31T23:59:59.999Z: the minute of a later one would have no room in a version. */
    private static final long LAST = 4_007_836_799_999L;

    /** That of {@code 2026-01-31T12:00:00.000Z}, which JavaScript writes. */
    private static final int USUAL_LENGTH = 24;

    private static final String USUAL = "0000-00-00T00:00:00.000Z";
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int NO_TIME = -1;

    private EventTime() {}

    static long ofText(String text) throws DataException {
        long usual = text.length() == USUAL_LENGTH ? ofUsual(text) : NO_TIME;
        if (usual != NO_TIME) {
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

    /** Without an object; {@link #NO_TIME} for any other form. */
    private static long ofUsual(String text) {
        for (int i = 0; i < USUAL_LENGTH; i++) {
            char expected = USUAL.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return NO_TIME;
            }
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean isTime = hour < 24 && minute < 60 && second < 60;
        if (!isTime || year < 1970 || !isDate(year, month, day)) {
            return NO_TIME;
        }
        long seconds = epochDay(year, month, day) * 86_400L + hour * 3_600L + minute * 60L + second;
        return seconds * 1_000 + number(text, 20, 23);
    }

    private static boolean isDate(int year, int month, int day) {
        boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        boolean isNoLeapDay = month != 2 || day < 29 || isLeap;
        return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1] && isNoLeapDay;
    }

    /**
     * Days since 1970-01-01, with years that begin in March.
     *
     * @see <a href="https://howardhinnant.github.io/date_algorithms.html#days_from_civil">days_from_civil</a>
     */
    private static long epochDay(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = shifted / 400;
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
