package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.functions.KeySelector;

/** One row of one table: what keyed functions of the capture are keyed by. */
public final class RowKey implements KeySelector<RowChange, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public String getKey(RowChange change) {
        return change.table() + " " + new String(change.key(), StandardCharsets.UTF_8);
    }
}
