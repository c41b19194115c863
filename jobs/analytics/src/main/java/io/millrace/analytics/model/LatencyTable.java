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
 * Makes rows of {@code request_latency_1min}. Beside the percentiles of its minute a row has the counts that they come
 * from, by which those of longer times are made.
 *
 * @param generation of their versions; the position is the number of requests that were counted
 */
public record LatencyTable(int generation) implements WindowForm<LatencyTally, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final ResultTable TABLE = new ResultTable(
            "request_latency_1min",
            List.of(
                    new Column("window_start", Kind.TIME),
                    new Column("service", Kind.TEXT),
                    new Column("route", Kind.TEXT),
                    new Column("method", Kind.TEXT)),
            List.of(
                    new Column("requests", Kind.NUMBER),
                    new Column("errors", Kind.NUMBER),
                    new Column("error_rate", Kind.FRACTION),
                    new Column("p50", Kind.FRACTION),
                    new Column("p90", Kind.FRACTION),
                    new Column("p99", Kind.FRACTION),
                    new Column("p999", Kind.FRACTION),
                    new Column("durations", Kind.FRACTIONS),
                    new Column("counts", Kind.NUMBERS),
                    new Column("late_count", Kind.NUMBER)));

    private static final RowSchema SCHEMA = TABLE.schema();
    private static final int NAMES = 3;

    @Override
    public RowChange of(Window window, LatencyTally tally) {
        RowJson key = key(window);
        RowJson row = key.copy()
                .number("requests", tally.events())
                .number("errors", tally.errors())
                .fraction("error_rate", (double) tally.errors() / Math.max(1, tally.events()))
                .fraction("p50", tally.durations().percentile(500))
                .fraction("p90", tally.durations().percentile(900))
                .fraction("p99", tally.durations().percentile(990))
                .fraction("p999", tally.durations().percentile(999))
                .thousandths("durations", tally.durations().micros())
                .numbers("counts", tally.durations().counts())
                .number("late_count", tally.late());
        return TABLE.change(Version.of(generation, tally.events()), key, row, SCHEMA);
    }

    @Override
    public boolean onlyReads() {
        return true;
    }

    private static RowJson key(Window window) {
        List<String> key = CompositeKey.split(window.key(), NAMES);
        return new RowJson()
                .number("window_start", window.start())
                .text("service", key.get(0))
                .text("route", key.get(2))
                .text("method", key.get(1));
    }
}
