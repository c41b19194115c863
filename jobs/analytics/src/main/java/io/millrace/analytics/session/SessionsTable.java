package io.millrace.analytics.session;

import io.millrace.analytics.model.ResultTable;
import io.millrace.analytics.model.ResultTable.Column;
import io.millrace.analytics.model.ResultTable.Kind;
import io.millrace.analytics.model.RowJson;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.replay.Version;
import java.io.Serializable;
import java.util.List;

/**
 * Makes rows of {@code sessions}.
 *
 * @param generation of their versions; the position is the number of steps, of which sessions that are merged have more than
 *     each of them
 */
public record SessionsTable(int generation) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final ResultTable TABLE = new ResultTable(
            "sessions",
            List.of(new Column("session_start", Kind.TIME), new Column("session_id", Kind.TEXT)),
            List.of(
                    new Column("session_end", Kind.TIME),
                    new Column("pages", Kind.NUMBER),
                    new Column("entry_page", Kind.TEXT),
                    new Column("exit_page", Kind.TEXT),
                    new Column("converted", Kind.NUMBER),
                    new Column("searches", Kind.NUMBER),
                    new Column("clicks", Kind.NUMBER),
                    new Column("cart_additions", Kind.NUMBER),
                    new Column("purchases", Kind.NUMBER),
                    new Column("steps", Kind.NUMBER),
                    new Column("late_count", Kind.NUMBER)));

    private static final RowSchema SCHEMA = TABLE.schema();

    RowChange row(String id, Session session) {
        RowJson key = key(id, session.start());
        RowJson row = key.copy()
                .number("session_end", session.end())
                .number("pages", session.deeds().pages())
                .text("entry_page", session.entry().url())
                .text("exit_page", session.exit().url())
                .number("converted", session.deeds().purchases() > 0 ? 1 : 0)
                .number("searches", session.deeds().searches())
                .number("clicks", session.deeds().clicks())
                .number("cart_additions", session.deeds().carted())
                .number("purchases", session.deeds().purchases())
                .number("steps", session.steps())
                .number("late_count", session.late());
        return TABLE.change(version(session), key, row, SCHEMA);
    }

    /** Returns that a session with this beginning is no more, because it is part of another. */
    RowChange gone(String id, long start, Session of) {
        return TABLE.change(version(of), key(id, start), null, SCHEMA);
    }

    private long version(Session session) {
        return Version.of(generation, session.steps());
    }

    private static RowJson key(String id, long start) {
        return new RowJson().number("session_start", start).text("session_id", id);
    }
}
