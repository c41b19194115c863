package io.millrace.analytics.search;

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
 * Makes rows of {@code search_terms_5min}.
 *
 * @param generation of their versions; the position is the number of events of the whole window: a row goes because of what
 *     came for another
 */
public record SearchTermsTable(int generation) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final ResultTable TABLE = new ResultTable(
            "search_terms_5min",
            List.of(new Column("window_start", Kind.TIME), new Column("term", Kind.TEXT)),
            List.of(
                    new Column("searches", Kind.NUMBER),
                    new Column("users", Kind.NUMBER),
                    new Column("zero_results", Kind.NUMBER),
                    new Column("zero_result_rate", Kind.FRACTION),
                    new Column("clicked", Kind.NUMBER),
                    new Column("click_through_rate", Kind.FRACTION),
                    new Column("late_count", Kind.NUMBER)));

    private static final RowSchema SCHEMA = TABLE.schema();

    RowChange row(TermResult result, long events) {
        double searches = Math.max(1, result.searches());
        RowJson key = key(result);
        RowJson row = key.copy()
                .number("searches", result.searches())
                .number("users", result.users())
                .number("zero_results", result.empty())
                .fraction("zero_result_rate", result.empty() / searches)
                .number("clicked", result.clicked())
                .fraction("click_through_rate", result.clicked() / searches)
                .number("late_count", result.late());
        return TABLE.change(Version.of(generation, events), key, row, SCHEMA);
    }

    RowChange gone(TermResult result, long events) {
        return TABLE.change(Version.of(generation, events), key(result), null, SCHEMA);
    }

    private static RowJson key(TermResult result) {
        return new RowJson().number("window_start", result.start()).text("term", result.term());
    }
}
