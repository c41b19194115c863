package io.millrace.common.serde;

import java.time.LocalDate;

/** Dates and times as ISO-8601 text; years beyond 9999 or before 0 carry a sign. A fraction has no trailing zero. */
final class Temporals {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;

    private Temporals() {}

    static void appendDate(long epochDay, StringBuilder out) {
        out.append(LocalDate.ofEpochDay(epochDay));
    }

    /**
     * Appends a time of day.
     *
     * @param value since midnight; 24:00:00 is a time, as it is for Postgres
     * @param unitsPerSecond 1,000 to 1,000,000,000
     * @return false if the value is no time of day; nothing is appended then
     */
    static boolean appendTime(long value, long unitsPerSecond, StringBuilder out) {
        if (value < 0 || value > SECONDS_PER_DAY * unitsPerSecond) {
            return false;
        }
        appendClock(value / unitsPerSecond, value % unitsPerSecond * (NANOS_PER_SECOND / unitsPerSecond), out);
        return true;
    }

    static void appendTimestamp(long value, long unitsPerSecond, StringBuilder out) {
        long seconds = Math.floorDiv(value, unitsPerSecond);
        long nanos = Math.floorMod(value, unitsPerSecond) * (NANOS_PER_SECOND / unitsPerSecond);
        appendDate(Math.floorDiv(seconds, SECONDS_PER_DAY), out);
        out.append('T');
        appendClock(Math.floorMod(seconds, SECONDS_PER_DAY), nanos, out);
    }

    private static void appendClock(long secondOfDay, long nanos, StringBuilder out) {
        appendTwo(secondOfDay / 3600, out);
        out.append(':');
        appendTwo(secondOfDay / 60 % 60, out);
        out.append(':');
        appendTwo(secondOfDay % 60, out);
        if (nanos != 0) {
            out.append('.');
            for (long rest = nanos, unit = NANOS_PER_SECOND / 10; rest != 0; rest %= unit, unit /= 10) {
                out.append((char) ('0' + rest / unit));
            }
        }
    }

    private static void appendTwo(long number, StringBuilder out) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
