package io.millrace.common.source.postgres;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads dates and timestamps as Postgres prints them in {@code DateStyle} ISO: years of four digits or more, up to six
 * digits of a second, {@code BC} behind. See <a
 * href="https://www.postgresql.org/docs/current/datatype-datetime.html">Date/Time Types</a>.
 *
 * <p>Infinity, which no Java time has: a date becomes the first or last day that fits into 32 bits, as in Postgres' own
 * binary form; a timestamp the milliseconds with which its JDBC driver says so.
 */
public final class PrintedTime {

    /** Days since 1970 that stand for {@code infinity}, far above Postgres' last date. */
    public static final int INFINITE_DAYS = Integer.MAX_VALUE;

    /** Days since 1970 that stand for {@code -infinity}. */
    public static final int MINUS_INFINITE_DAYS = Integer.MIN_VALUE;

    private static final String INFINITY = "infinity";
    private static final String MINUS_INFINITY = "-infinity";
    private static final int NANO_DIGITS = 9;

    private final String text;
    private int at;

    private PrintedTime(String text) {
        this.text = text;
    }

    /** Reads a {@code date}. */
    public static LocalDate date(String text) {
        return switch (text) {
            case INFINITY -> LocalDate.ofEpochDay(INFINITE_DAYS);
            case MINUS_INFINITY -> LocalDate.ofEpochDay(MINUS_INFINITE_DAYS);
            default -> new PrintedTime(text).date();
        };
    }

    /** Reads a finite {@code timestamp}, as if it were in UTC. */
    public static Instant timestamp(String text) {
        PrintedTime printed = new PrintedTime(text);
        return printed.dateTime().toInstant(ZoneOffset.UTC);
    }

    /** Reads a finite {@code timestamptz}; the result is in UTC. */
    public static OffsetDateTime timestampWithZone(String text) {
        PrintedTime printed = new PrintedTime(text);
        LocalDateTime local = printed.dateTime();
        return local.atOffset(printed.offset()).withOffsetSameInstant(ZoneOffset.UTC);
    }

    /** Returns whether a text is {@code infinity} or {@code -infinity}. */
    public static boolean isInfinite(String text) {
        return text.equals(INFINITY) || text.equals(MINUS_INFINITY);
    }

    private LocalDate date() {
        int year = number();
        expect('-');
        int month = number();
        expect('-');
        int day = number();
        try {
            return LocalDate.of(text.endsWith(" BC") ? 1 - year : year, month, day);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Postgres printed `" + text + "`, which is no date", e);
        }
    }

    private LocalDateTime dateTime() {
        LocalDate date = date();
        expect(' ');
        int hour = number();
        expect(':');
        int minute = number();
        expect(':');
        int second = number();
        return date.atTime(hour, minute, second, nanos());
    }

    private int nanos() {
        if (!found('.')) {
            return 0;
        }
        int begin = at;
        int nanos = number();
        for (int digits = at - begin; digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    private ZoneOffset offset() {
        int sign = found('-') ? -1 : 1;
        if (sign > 0) {
            expect('+');
        }
        int hours = number();
        int minutes = found(':') ? number() : 0;
        int seconds = found(':') ? number() : 0;
        return ZoneOffset.ofHoursMinutesSeconds(sign * hours, sign * minutes, sign * seconds);
    }

    private int number() {
        int begin = at;
        int number = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number = number * 10 + text.charAt(at) - '0';
            at++;
        }
        if (at == begin) {
            throw unreadable("a digit");
        }
        return number;
    }

    private boolean found(char wanted) {
        boolean is = at < text.length() && text.charAt(at) == wanted;
        at += is ? 1 : 0;
        return is;
    }

    private void expect(char wanted) {
        if (!found(wanted)) {
            throw unreadable("`" + wanted + "`");
        }
    }

    private IllegalArgumentException unreadable(String wanted) {
        return new IllegalArgumentException(
                "Postgres printed `" + text + "`: " + wanted + " was expected at " + at + "; is DateStyle not ISO?");
    }
}
