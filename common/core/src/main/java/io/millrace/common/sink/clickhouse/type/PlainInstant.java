package io.millrace.common.sink.clickhouse.type;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads times of four-digit years in UTC as Debezium writes them, {@code "2026-01-31T23:59:59.5Z"}, without a parser. */
final class PlainInstant {

    /** Of {@code "2026-01-31T23:59:59}, the quotation mark included. */
    private static final int TO_SECONDS = 20;

    private static final int MOST_DIGITS = 9;
    private static final String FORM = "\"dddd-dd-ddTdd:dd:dd";

    private PlainInstant() {}

    /** Returns null for a text of another form. */
    static @Nullable Instant at(byte[] row, int from, int to) {
        if (!isForm(row, from, to)) {
            return null;
        }
        int hour = number(row, from + 12, from + 14);
        int minute = number(row, from + 15, from + 17);
        int second = number(row, from + 18, from + 20);
        if (hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            long day = LocalDate.of(
                            number(row, from + 1, from + 5),
                            number(row, from + 6, from + 8),
                            number(row, from + 9, from + 11))
                    .toEpochDay();
            return Instant.ofEpochSecond(day * 86_400 + hour * 3_600L + minute * 60L + second, nanos(row, from, to));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isForm(byte[] row, int from, int to) {
        int end = to - 2;
        int digits = end - from - TO_SECONDS - 1;
        if (end < from + TO_SECONDS || row[end] != 'Z' || digits > MOST_DIGITS || digits == 0) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            boolean isDigit = row[from + i] >= '0' && row[from + i] <= '9';
            if (FORM.charAt(i) == 'd' ? !isDigit : row[from + i] != FORM.charAt(i)) {
                return false;
            }
        }
        return digits < 0 || (row[from + TO_SECONDS] == '.' && areDigits(row, from + TO_SECONDS + 1, end));
    }

    private static boolean areDigits(byte[] row, int from, int to) {
        for (int i = from; i < to; i++) {
            if (row[i] < '0' || row[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static int nanos(byte[] row, int from, int to) {
        int nanos = 0;
        for (int i = 1; i <= MOST_DIGITS; i++) {
            int at = from + TO_SECONDS + i;
            nanos = 10 * nanos + (at < to - 2 ? row[at] - '0' : 0);
        }
        return nanos;
    }

    private static int number(byte[] row, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + row[i] - '0';
        }
        return number;
    }
}
