package io.millrace.analytics.parse;

import io.millrace.common.failure.DataException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Times of events: epoch milliseconds, as a number or as digits, or ISO-8601 text with an offset or {@code Z}. */
final class EventTime {

    /** 2096-12-31T23:59:59.999Z: the minute of a later one would have no room in a version. */
    private static final long LAST = 4_007_836_799_999L;

    /** That of {@code 2026-01-31T12:00:00.000Z}, which JavaScript writes. */
    private static final int USUAL_LENGTH = 24;

    private static final byte[] USUAL = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** Stands for a time that is not there. */
    static final int NO_TIME = -1;

    private EventTime() {}

    /** Returns the time of a text as JavaScript writes it, or {@link #NO_TIME} for any other form. */
    static long ofUsual(byte[] text, int from, int to) {
        return to - from == USUAL_LENGTH ? ofUsual(text, from) : NO_TIME;
    }

    static long ofWhole(String number) throws DataException {
        try {
            return require(Long.parseLong(number));
        } catch (NumberFormatException e) {
            throw noTime();
        }
    }

    static long ofFraction(String number) throws DataException {
        double millis = Double.parseDouble(number);
        return require(millis >= 0 ? (long) millis : NO_TIME);
    }

    static long ofText(String text) throws DataException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long usual = ofUsual(bytes, 0, bytes.length);
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

    /** Without an object. */
    private static long ofUsual(byte[] text, int from) {
        for (int i = 0; i < USUAL_LENGTH; i++) {
            byte expected = USUAL[i];
            byte found = text[from + i];
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return NO_TIME;
            }
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        boolean isTime = hour < 24 && minute < 60 && second < 60;
        if (!isTime || year < 1970 || !isDate(year, month, day)) {
            return NO_TIME;
        }
        long seconds = epochDay(year, month, day) * 86_400L + hour * 3_600L + minute * 60L + second;
        return seconds * 1_000 + number(text, from + 20, 3);
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

    private static int number(byte[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + text[i] - '0';
        }
        return number;
    }
}
