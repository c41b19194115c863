package io.millrace.analytics.model;

import io.millrace.analytics.model.ResultTable.Column;
import io.millrace.analytics.model.ResultTable.Kind;
import io.millrace.analytics.window.Window;
import io.millrace.analytics.window.WindowForm;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.replay.Version;
import java.util.List;

/**
 * Makes rows of {@code page_views_5min}. Beside the visitors of its page and window a row has the registers that they are
 * estimated from, by which those of several pages and longer times are.
 *
 * @param generation of their versions; the position is the number of views that were counted
 */
public record PageViewsTable(int generation) implements WindowForm<PageTally, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final ResultTable TABLE = new ResultTable(
            "page_views_5min",
            List.of(new Column("window_start", Kind.TIME), new Column("page_url", Kind.TEXT)),
            List.of(
                    new Column("view_count", Kind.NUMBER),
                    new Column("visitors", Kind.NUMBER),
                    new Column("late_count", Kind.NUMBER),
                    new Column("visitor_sketch", Kind.TEXT)));

    private static final RowSchema SCHEMA = TABLE.schema();

    @Override
    public RowChange of(Window window, PageTally views) {
        RowJson key = new RowJson().number("window_start", window.start()).text("page_url", window.key());
        RowJson row = key.copy()
                .number("view_count", views.events())
                .number("visitors", views.visitors())
                .number("late_count", views.late())
                .base64("visitor_sketch", views.registers());
        return TABLE.change(Version.of(generation, views.events()), key, row, SCHEMA);
    }

    @Override
    public boolean onlyReads() {
        return true;
    }
}
