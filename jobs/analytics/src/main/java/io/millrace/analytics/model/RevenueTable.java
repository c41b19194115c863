package io.millrace.analytics.model;

import io.millrace.analytics.model.ResultTable.Column;
import io.millrace.analytics.model.ResultTable.Kind;
import io.millrace.analytics.window.CompositeKey;
import io.millrace.analytics.window.Window;
import io.millrace.analytics.window.WindowForm;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.replay.Version;
import java.util.List;

/**
 * Makes rows of {@code revenue_1min} and {@code revenue_1h}, by how long the window is.
 *
 * @param generation of their versions; the position is the number of orders that were counted
 */
public record RevenueTable(int generation) implements WindowForm<RevenueTally, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final ResultTable MINUTES = table("revenue_1min");
    public static final ResultTable HOURS = table("revenue_1h");

    /** The category of whole orders; no event names an empty one. */
    public static final String ALL = "";

    private static final RowSchema SCHEMA = MINUTES.schema();
    private static final long MINUTE = 60_000;

    private static ResultTable table(String name) {
        return new ResultTable(
                name,
                List.of(
                        new Column("window_start", Kind.TIME),
                        new Column("currency", Kind.TEXT),
                        new Column("category", Kind.TEXT)),
                List.of(
                        new Column("revenue", Kind.MONEY),
                        new Column("unattributed", Kind.MONEY),
                        new Column("orders", Kind.NUMBER),
                        new Column("items", Kind.NUMBER),
                        new Column("late_count", Kind.NUMBER)));
    }

    @Override
    public RowChange of(Window window, RevenueTally tally) {
        ResultTable table = window.end() - window.start() > MINUTE ? HOURS : MINUTES;
        RowJson key = key(window);
        RowJson row = key.copy()
                .text("revenue", tally.revenue().toPlainString())
                .text("unattributed", tally.unattributed().toPlainString())
                .number("orders", tally.events())
                .number("items", tally.items())
                .number("late_count", tally.late());
        return table.change(Version.of(generation, tally.events()), key, row, SCHEMA);
    }

    @Override
    public boolean onlyReads() {
        return true;
    }

    private static RowJson key(Window window) {
        List<String> key = CompositeKey.split(window.key(), 2);
        return new RowJson()
                .number("window_start", window.start())
                .text("currency", key.get(0))
                .text("category", key.get(1));
    }
}
