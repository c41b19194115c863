package io.millrace.common.sink.jdbc;

import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ValueReader;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * Dates and times as Postgres reads them: a year before 1 has BC behind it, and infinity is a word. See <a
 * href="https://www.postgresql.org/docs/current/datatype-datetime.html">Date/Time Types</a>.
 */
final class PostgresTimes {

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS = 1_000_000L;

    /** Debezium's stand-ins for the infinities, to the millisecond. */
    private static final long INFINITY_MILLIS = 9_223_372_036_825_200L;

    private static final long MINUS_INFINITY_MILLIS = -9_223_372_036_832_400L;

    private PostgresTimes() {}

    /** Returns a date, of which the last that fits into 32 bits and the first stand for the infinities. */
    static String date(long epochDay, Column column) throws DataException {
        if (epochDay != (int) epochDay) {
            throw ValueReader.misfit(column);
        }
        if (epochDay == Integer.MAX_VALUE || epochDay == Integer.MIN_VALUE) {
            return infinity(epochDay > 0);
        }
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return day(date) + era(date);
    }

    /**
     * Returns a point in time.
     *
     * @param suffix a zone, or empty for none
     */
    static String timestamp(long micros, String suffix) {
        long millis = Math.floorDiv(micros, 1_000);
        if (millis == INFINITY_MILLIS || millis == MINUS_INFINITY_MILLIS) {
            return infinity(millis > 0);
        }
        long seconds = Math.floorDiv(micros, MICROS);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY));
        return day(date)
                + " "
                + clock(Math.floorMod(seconds, SECONDS_PER_DAY) * MICROS + Math.floorMod(micros, MICROS))
                + suffix
                + era(date);
    }

    /** Returns what an ISO-8601 text with an offset stands for; most are what Postgres reads too. */
    static String zoned(String text, Column column) throws DataException {
        if (text.matches("(?!0000)\\d{4}-.*")) {
            return text;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            long micros = Math.addExact(Math.multiplyExact(time.toEpochSecond(), MICROS), time.getNano() / 1_000);
            return timestamp(micros, "+00");
        } catch (DateTimeParseException | ArithmeticException e) {
            throw ValueReader.misfit(column);
        }
    }

    /** Returns a time of day; 24:00:00 is one, as it is for Postgres. */
    static String time(long micros, Column column) throws DataException {
        if (micros < 0 || micros > SECONDS_PER_DAY * MICROS) {
            throw ValueReader.misfit(column);
        }
        return clock(micros);
    }

    /**
     * Returns microseconds.
     *
     * @throws DataException if there are digits below one, which Postgres would round away
     */
    static long ofNanos(long nanos, Column column) throws DataException {
        if (nanos % 1_000 != 0) {
            throw new DataException("column \"" + column.name()
                    + "\" holds a time with nanoseconds, of which Postgres keeps microseconds only");
        }
        return nanos / 1_000;
    }

    static long ofMillis(long millis, Column column) throws DataException {
        try {
            return Math.multiplyExact(millis, 1_000L);
        } catch (ArithmeticException e) {
            throw ValueReader.misfit(column);
        }
    }

    private static String clock(long micros) {
        long seconds = micros / MICROS;
        String time = String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
        return micros % MICROS == 0 ? time : time + String.format(Locale.ROOT, ".%06d", micros % MICROS);
    }

    private static String day(LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    private static String infinity(boolean positive) {
        return positive ? "infinity" : "-infinity";
    }
}
