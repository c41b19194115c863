package io.millrace.common.source.postgres.pgoutput;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads times as Postgres prints those of our era up to the year 9999, in {@code DateStyle} ISO. Of any other it says
 * so, and does not guess.
 */
final class PlainTime {

    /** Stands for a text that is none of these. */
    static final long NOT_PLAIN = Long.MIN_VALUE;

    /** How long a date is: {@code 2026-01-31}. */
    static final int DATE = 10;

    private static final int TIME = 8;
    private static final int MICRO_DIGITS = 6;
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;

    private PlainTime() {}

    /** Returns days since 1970. */
    static long days(byte[] text, int start, int length) {
        return length == DATE ? days(text, start) : NOT_PLAIN;
    }

    /** Returns microseconds since midnight. */
    static long timeOfDay(byte[] text, int start, int length) {
        int hour = number(text, start, 2);
        int minute = number(text, start + 3, 2);
        int second = number(text, start + 6, 2);
        boolean plain = length >= TIME
                && text[start + 2] == ':'
                && text[start + 5] == ':'
                && isBelow(24, hour)
                && isBelow(60, minute)
                && isBelow(60, second);
        long fraction = plain ? fraction(text, start + TIME, length - TIME) : NOT_PLAIN;
        return fraction == NOT_PLAIN ? NOT_PLAIN : ((hour * 60L + minute) * 60 + second) * SECOND + fraction;
    }

    /** Returns microseconds since 1970, as if the text were in UTC. */
    static long timestamp(byte[] text, int start, int length) {
        if (length < DATE + 1 + TIME || text[start + DATE] != ' ') {
            return NOT_PLAIN;
        }
        long days = days(text, start);
        long time = timeOfDay(text, start + DATE + 1, length - DATE - 1);
        return days == NOT_PLAIN || time == NOT_PLAIN ? NOT_PLAIN : days * DAY + time;
    }

    /** Returns whether a text has this end. */
    static boolean endsWith(byte[] end, byte[] text, int start, int length) {
        for (int i = 0; i < end.length; i++) {
            if (length < end.length || text[start + length - end.length + i] != end[i]) {
                return false;
            }
        }
        return true;
    }

    private static long days(byte[] text, int start) {
        int year = number(text, start, 4);
        int month = number(text, start + 5, 2);
        int day = number(text, start + 8, 2);
        if (year < 1 || month < 1 || day < 1 || text[start + 4] != '-' || text[start + 7] != '-') {
            return NOT_PLAIN;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            return NOT_PLAIN;
        }
    }

    private static long fraction(byte[] text, int start, int length) {
        if (length == 0) {
            return 0;
        }
        int digits = length - 1;
        int number = text[start] == '.' && digits <= MICRO_DIGITS ? number(text, start + 1, digits) : -1;
        if (number < 0 || digits == 0) {
            return NOT_PLAIN;
        }
        for (int i = digits; i < MICRO_DIGITS; i++) {
            number *= 10;
        }
        return number;
    }

    private static boolean isBelow(int end, int number) {
        return number >= 0 && number < end;
    }

    /** Returns a number of so many digits; -1 if there is anything else, or not as much. */
    private static int number(byte[] text, int start, int digits) {
        if (start + digits > text.length) {
            return -1;
        }
        int number = 0;
        for (int i = start; i < start + digits; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
