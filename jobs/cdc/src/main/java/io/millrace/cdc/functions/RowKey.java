package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.functions.KeySelector;

/** One row of one table: what keyed functions of the capture are keyed by. */
public final class RowKey implements KeySelector<RowChange, String> {

    private static final long serialVersionUID = 1L;

    /** Returns what the keys of all rows of a table begin with, and no other table's. */
    static String prefix(String table) {
        return table + " ";
    }

    @Override
    public String getKey(RowChange change) {
        return prefix(change.table()) + new String(change.key(), StandardCharsets.UTF_8);
    }
}
