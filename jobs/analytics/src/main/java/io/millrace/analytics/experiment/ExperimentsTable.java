package io.millrace.analytics.experiment;

import io.millrace.analytics.model.ResultTable;
import io.millrace.analytics.model.ResultTable.Column;
import io.millrace.analytics.model.ResultTable.Kind;
import io.millrace.analytics.model.RowJson;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.replay.Version;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;

/**
 * Makes rows of {@code experiment_results}: one of each variant that is known, and one of it in each currency that something
 * was paid in within the hour. All are written each time, those of nothing included: of an attempt that failed, or a
 * correction, a user may have been of another variant, whose row is then written again.
 *
 * @param generation of their versions; the position is the number of events of all variants: a row changes because of what
 *     came for another
 * @param controls names of the variant that the others are compared with; of several, the first that an experiment has
 */
public record ExperimentsTable(int generation, Split split, List<String> controls) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final ResultTable TABLE = new ResultTable(
            "experiment_results",
            List.of(
                    new Column("window_start", Kind.TIME),
                    new Column("experiment", Kind.TEXT),
                    new Column("variant", Kind.TEXT),
                    new Column("currency", Kind.TEXT)),
            List.of(
                    new Column("exposures", Kind.NUMBER),
                    new Column("users", Kind.NUMBER),
                    new Column("new_users", Kind.NUMBER),
                    new Column("buyers", Kind.NUMBER),
                    new Column("converted", Kind.NUMBER),
                    new Column("crossed", Kind.NUMBER),
                    new Column("orders", Kind.NUMBER),
                    new Column("revenue", Kind.MONEY),
                    new Column("weight", Kind.FRACTION),
                    new Column("is_control", Kind.NUMBER),
                    new Column("late_count", Kind.NUMBER)));

    private static final RowSchema SCHEMA = TABLE.schema();

    /** The currency of what is counted, and not paid. */
    private static final String NO_CURRENCY = "";

    public ExperimentsTable {
        controls = List.copyOf(controls);
    }

    /**
     * Returns the rows of an hour.
     *
     * @param known variants of the experiment since it began, those of the hour included
     */
    List<RowChange> rows(ExperimentResult result, Set<String> known) {
        NavigableSet<String> variants = split.variants(result.experiment(), known);
        String control =
                controls.stream().filter(variants::contains).findFirst().orElse("");
        List<RowChange> rows = new ArrayList<>();
        for (String variant : variants) {
            Counts counts = result.variants().counts().getOrDefault(variant, Counts.NONE);
            boolean isControl = variant.equals(control);
            rows.add(row(
                    result, variant, NO_CURRENCY, counts, new Sales(counts.orders(), Sales.NONE.revenue()), isControl));
            for (String currency : result.variants().currencies()) {
                Sales sales = counts.sales().getOrDefault(currency, Sales.NONE);
                rows.add(row(result, variant, currency, Counts.NONE, sales, isControl));
            }
        }
        return rows;
    }

    private RowChange row(
            ExperimentResult result, String variant, String currency, Counts counts, Sales sales, boolean isControl) {
        RowJson key = key(result, variant, currency);
        RowJson row = key.copy()
                .number("exposures", counts.exposures())
                .number("users", counts.users())
                .number("new_users", counts.newUsers())
                .number("buyers", counts.buyers())
                .number("converted", counts.converted())
                .number("crossed", counts.crossed())
                .number("orders", sales.orders())
                .text("revenue", sales.revenue().toPlainString())
                .fraction("weight", split.weight(result.experiment(), variant))
                .number("is_control", isControl ? 1 : 0)
                .number("late_count", result.late());
        long version = Version.of(generation, result.variants().events());
        return TABLE.change(version, key, row, SCHEMA);
    }

    private static RowJson key(ExperimentResult result, String variant, String currency) {
        return new RowJson()
                .number("window_start", result.window().start())
                .text("experiment", result.experiment())
                .text("variant", variant)
                .text("currency", currency);
    }
}
