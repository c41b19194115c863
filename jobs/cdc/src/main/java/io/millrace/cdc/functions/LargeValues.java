package io.millrace.cdc.functions;

import io.millrace.common.event.ColumnForms;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.source.postgres.RowJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * Large values of the current key's row. Which columns of a table ever had one is known beside them: to look whether
 * RocksDB has anything at all under a key costs more than all else that a small row needs.
 */
final class LargeValues {

    /** Postgres moves values out of a row of more than 2,000 bytes, the largest first. */
    static final int LARGE = 1_000;

    /** Tells a savepoint that knows of no column yet from one that does not say. */
    private static final Tuple2<String, String> SAID = Tuple2.of("", "");

    private final MapState<String, byte[]> values;
    private final ListState<Tuple2<String, String>> savedColumns;
    private final Map<String, Set<String>> columns = new HashMap<>();
    private final boolean said;

    LargeValues(FunctionInitializationContext context) throws Exception {
        values = context.getKeyedStateStore()
                .getMapState(new MapStateDescriptor<>(
                        "large-values", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        savedColumns = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("large-columns", Types.TUPLE(Types.STRING, Types.STRING)));
        boolean saysAll = !context.isRestored();
        for (Tuple2<String, String> saved : savedColumns.get()) {
            saysAll = true;
            if (!saved.equals(SAID)) {
                columns.computeIfAbsent(saved.f0, table -> new HashSet<>()).add(saved.f1);
            }
        }
        said = saysAll;
    }

    void snapshot() throws Exception {
        savedColumns.clear();
        if (said) {
            savedColumns.add(SAID);
            for (Map.Entry<String, Set<String>> table : columns.entrySet()) {
                for (String column : table.getValue()) {
                    savedColumns.add(Tuple2.of(table.getKey(), column));
                }
            }
        }
    }

    /**
     * Returns the JSON of the value that a column has in a change of the row.
     *
     * @return null if it was not large when it was last seen, or may have become another since without a change
     */
    byte @Nullable [] get(String column, RowChange change) throws Exception {
        ColumnForms.Form form = form(column, change);
        byte[] kept = form == null ? null : values.get(column);
        return form == null || kept == null ? null : KeptValue.json(kept, form);
    }

    /**
     * Takes the large values of a row in place of those that it had. What Postgres sent so soon after a column was
     * altered that it may be from before is forgotten.
     *
     * @param change with the forms of the columns
     * @param row the whole row
     * @param unsent the columns whose values are remembered ones, or were read back, after the catalog had told their
     *     forms
     */
    void remember(RowChange change, byte[] row, Set<String> unsent) throws Exception {
        Set<String> kept = new HashSet<>();
        if (row.length >= LARGE) {
            boolean isOfThen = holdsFor(change);
            for (RowJson.Column column : RowJson.columns(row)) {
                if (column.end() - column.start() >= LARGE && (isOfThen || unsent.contains(column.name()))) {
                    keep(column, row, form(column.name(), change), kept);
                }
            }
        }
        if (!kept.isEmpty()) {
            columns.computeIfAbsent(change.table(), unknown -> new HashSet<>()).addAll(kept);
        }
        forget(change.table(), kept);
    }

    private void keep(RowJson.Column column, byte[] row, ColumnForms.@Nullable Form form, Set<String> kept)
            throws Exception {
        if (form != null) {
            values.put(column.name(), KeptValue.of(form, row, column));
            kept.add(column.name());
        }
    }

    private static ColumnForms.@Nullable Form form(String column, RowChange change) {
        ColumnForms forms = forms(change);
        return forms == null ? null : forms.of(column);
    }

    private static boolean holdsFor(RowChange change) {
        ColumnForms forms = forms(change);
        return forms != null && forms.holdsAt(change.source().lsn());
    }

    private static @Nullable ColumnForms forms(RowChange change) {
        RowSchema schema = change.schema();
        return schema == null ? null : schema.forms();
    }

    void forget(String table) throws Exception {
        forget(table, Set.of());
    }

    private void forget(String table, Set<String> kept) throws Exception {
        for (String column : said ? columns.getOrDefault(table, Set.of()) : found()) {
            if (!kept.contains(column)) {
                values.remove(column);
            }
        }
    }

    private List<String> found() throws Exception {
        List<String> found = new ArrayList<>();
        values.keys().forEach(found::add);
        return found;
    }
}
