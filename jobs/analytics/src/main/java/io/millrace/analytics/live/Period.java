package io.millrace.analytics.live;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** What a counter counts over: the minute, the hour and the day that it is, by the clock of a zone. */
enum Period {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Period(ChronoUnit unit) {
        this.unit = unit;
    }

    /** Returns when the one that a time is in began; both in epoch milliseconds. */
    long begin(long time, ZoneId zone) {
        ZonedDateTime now = Instant.ofEpochMilli(time).atZone(zone);
        // a day on which midnight comes twice begins with the first
        ZonedDateTime begin = this == DAY ? now.toLocalDate().atStartOfDay(zone) : now.truncatedTo(unit);
        return begin.toInstant().toEpochMilli();
    }
}
