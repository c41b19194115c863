package io.millrace.common.serde;

import java.nio.charset.StandardCharsets;

/** Reads times as JavaScript writes them, {@code 2026-01-31T12:00:00.000Z}, from 1970 on. Of any other text it says so. */
public final class UsualTime {

    /** Stands for a text that is none of these. */
    public static final long NO_TIME = -1;

    private static final byte[] FORM = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private UsualTime() {}

    /** Returns the epoch milliseconds of a text, or {@link #NO_TIME}. */
    public static long of(String text) {
        return text.length() == FORM.length ? of(text.getBytes(StandardCharsets.UTF_8)) : NO_TIME;
    }

    private static long of(byte[] text) {
        return of(text, 0, text.length);
    }

    /** Returns the epoch milliseconds of a part of some bytes, or {@link #NO_TIME}. */
    public static long of(byte[] text, int from, int to) {
        return to - from == FORM.length ? of(text, from) : NO_TIME;
    }

    private static long of(byte[] text, int from) {
        for (int i = 0; i < FORM.length; i++) {
            byte expected = FORM[i];
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
