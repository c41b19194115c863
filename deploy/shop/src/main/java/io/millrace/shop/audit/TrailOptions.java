package io.millrace.shop.audit;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How busy those are who are watched.
 *
 * @param seed decides what everybody does
 * @param today the UTC day on which the trail goes on; the past ends with the day before
 * @param pastDays whole days of which the trail tells before
 * @param perPastDay events of each of these
 * @param perSecond events from then on
 * @param customers how many there are; a few are seen to much more often than most
 */
public record TrailOptions(long seed, LocalDate today, int pastDays, int perPastDay, double perSecond, int customers) {

    /** Checks every value. */
    public TrailOptions {
        require(pastDays >= 0, "pastDays", pastDays, "0 or more");
        require(perPastDay >= 0, "perPastDay", perPastDay, "0 or more");
        require(perSecond > 0, "perSecond", perSecond, "above 0");
        require(customers >= 2, "customers", customers, "at least 2");
    }

    /** Two days of the past, and then 40 events a second. */
    public static TrailOptions seeded(long seed) {
        return new TrailOptions(seed, LocalDate.now(ZoneOffset.UTC), 2, 500, 40, 60);
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("`" + name + "` is " + value + "; it must be " + rule);
        }
    }
}
