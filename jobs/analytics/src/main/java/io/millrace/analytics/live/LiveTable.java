package io.millrace.analytics.live;

import io.millrace.analytics.model.MinuteVersion;
import io.millrace.analytics.model.ResultTable;
import io.millrace.analytics.model.ResultTable.Column;
import io.millrace.analytics.model.ResultTable.Kind;
import io.millrace.analytics.model.RowJson;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.sink.redis.RedisRoute;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Makes the hashes {@code live:{counter}} and {@code live:revenue:{currency}}.
 *
 * @param generation of their versions, which begin with the minute, and then have the day's events
 */
record LiveTable(int generation, ZoneId zone) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final ResultTable COUNTS = table("live_counters", "counter", Kind.NUMBER);
    private static final ResultTable REVENUE = table("live_revenue", "currency", Kind.MONEY);
    private static final RowSchema COUNTS_SCHEMA = COUNTS.schema();
    private static final RowSchema REVENUE_SCHEMA = REVENUE.schema();

    /** A day that is over is still shown for one more. */
    private static final Duration TIME_TO_LIVE = Duration.ofDays(2);

    private static ResultTable table(String name, String key, Kind kind) {
        return new ResultTable(
                name,
                List.of(new Column(key, Kind.TEXT)),
                List.of(
                        new Column("minute", kind),
                        new Column("hour", kind),
                        new Column("today", kind),
                        new Column("minuteStart", Kind.TEXT),
                        new Column("hourStart", Kind.TEXT),
                        new Column("dayStart", Kind.TEXT)));
    }

    static List<RedisRoute> routes() {
        return List.of(
                RedisRoute.write(COUNTS.name(), "live:{counter}").asHash().withTimeToLive(TIME_TO_LIVE),
                RedisRoute.write(REVENUE.name(), "live:revenue:{currency}")
                        .asHash()
                        .withTimeToLive(TIME_TO_LIVE));
    }

    /** Returns what a counter has come to at a time, in epoch milliseconds. */
    RowChange row(Counter counter, LiveTally tally, long now) {
        long minute = Period.MINUTE.begin(now, zone);
        long hour = Period.HOUR.begin(now, zone);
        long day = Period.DAY.begin(now, zone);
        RowJson key = key(counter);
        RowJson row = key.copy();
        add(row, "minute", counter, tally.of(Period.MINUTE, minute));
        add(row, "hour", counter, tally.of(Period.HOUR, hour));
        add(row, "today", counter, tally.of(Period.DAY, day));
        row.text("minuteStart", text(minute)).text("hourStart", text(hour)).text("dayStart", text(day));
        long version =
                MinuteVersion.of(generation, now, tally.of(Period.DAY, day).events());
        return counter.isMoney()
                ? REVENUE.change(version, key, row, REVENUE_SCHEMA)
                : COUNTS.change(version, key, row, COUNTS_SCHEMA);
    }

    private static RowJson key(Counter counter) {
        return counter.isMoney()
                ? new RowJson().text("currency", counter.currency())
                : new RowJson().text("counter", counter.family());
    }

    private static void add(RowJson row, String name, Counter counter, LiveTally.Total total) {
        if (counter.isMoney()) {
            row.text(name, total.value().toPlainString());
        } else {
            row.number(name, total.events());
        }
    }

    private static String text(long time) {
        return Instant.ofEpochMilli(time).toString();
    }
}
