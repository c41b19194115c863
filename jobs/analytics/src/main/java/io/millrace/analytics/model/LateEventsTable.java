package io.millrace.analytics.model;

import io.millrace.analytics.model.ResultTable.Column;
import io.millrace.analytics.model.ResultTable.Kind;
import io.millrace.analytics.window.LateEvent;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.replay.Version;
import java.io.Serializable;
import java.util.List;

/**
 * Makes rows of {@code late_events}, one of each event for a result, window and key. An event is known by the position of
 * its record, so that one that is read again is the same row.
 *
 * @param generation of their versions; the position is how late the event was, in ms and one more, so that of two readings
 *     the later one stays, in whatever order they are written
 */
public record LateEventsTable(int generation) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final ResultTable TABLE = new ResultTable(
            "late_events",
            List.of(
                    new Column("result", Kind.TEXT),
                    new Column("window_start", Kind.TIME),
                    new Column("key", Kind.TEXT),
                    new Column("topic", Kind.TEXT),
                    new Column("partition", Kind.NUMBER),
                    new Column("offset", Kind.NUMBER)),
            List.of(new Column("event_time", Kind.TIME), new Column("late_ms", Kind.NUMBER)));

    private static final RowSchema SCHEMA = TABLE.schema();

    /** Returns the row of an event. */
    public RowChange row(LateEvent late) {
        RowJson key = new RowJson()
                .text("result", late.result())
                .number("window_start", late.windowStart())
                .text("key", late.key())
                .text("topic", late.topic())
                .number("partition", late.partition())
                .number("offset", late.offset());
        RowJson row = key.copy().number("event_time", late.timestamp()).number("late_ms", late.lateMillis());
        return TABLE.change(Version.of(generation, Math.max(0, late.lateMillis()) + 1), key, row, SCHEMA);
    }
}
