package io.millrace.analytics.model;

import io.millrace.analytics.model.ResultTable.Column;
import io.millrace.analytics.model.ResultTable.Kind;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.sink.redis.RedisRoute;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of {@code user:activity:{userId}}. A user has one key for all windows, so that a version begins with
 * the window: the minute of its end.
 *
 * @param generation of the versions
 */
public record ActivityTable(int generation) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final ResultTable TABLE = new ResultTable(
            "user_activity",
            List.of(new Column("userId", Kind.TEXT)),
            List.of(
                    new Column("windowStart", Kind.TEXT),
                    new Column("windowEnd", Kind.TEXT),
                    new Column("pageViews", Kind.NUMBER),
                    new Column("clicks", Kind.NUMBER),
                    new Column("searches", Kind.NUMBER),
                    new Column("purchases", Kind.NUMBER),
                    new Column("events", Kind.NUMBER),
                    new Column("late", Kind.NUMBER)));

    private static final RowSchema SCHEMA = TABLE.schema();

    /** Returns where its rows go. */
    public static RedisRoute route(Duration timeToLive) {
        return RedisRoute.write(TABLE.name(), "user:activity:{userId}").withTimeToLive(timeToLive);
    }

    /** Returns the row of a user who is in the state. */
    public RowChange row(UserActivity activity) {
        return change(activity, json(activity));
    }

    /** Returns that a user has left it. */
    public RowChange gone(UserActivity activity) {
        return change(activity, null);
    }

    private RowChange change(UserActivity activity, @Nullable RowJson row) {
        return TABLE.change(version(activity), key(activity), row, SCHEMA);
    }

    private long version(UserActivity activity) {
        return MinuteVersion.of(generation, activity.window().end(), activity.events());
    }

    private static RowJson key(UserActivity activity) {
        return new RowJson().text("userId", activity.userId());
    }

    /** Returns an activity as services read it. */
    static RowJson json(UserActivity activity) {
        return key(activity)
                .text(
                        "windowStart",
                        Instant.ofEpochMilli(activity.window().start()).toString())
                .text("windowEnd", Instant.ofEpochMilli(activity.window().end()).toString())
                .number("pageViews", activity.pageViews())
                .number("clicks", activity.clicks())
                .number("searches", activity.searches())
                .number("purchases", activity.purchases())
                .number("events", activity.events())
                .number("late", activity.late());
    }
}
