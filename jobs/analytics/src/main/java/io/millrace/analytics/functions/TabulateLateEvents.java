package io.millrace.analytics.functions;

import io.millrace.analytics.model.LateEventsTable;
import io.millrace.analytics.window.LateEvent;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import java.util.Objects;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Passes on what the topic of late events is told, beside a row of each, by which they can be counted per window. */
public final class TabulateLateEvents extends ProcessFunction<ProducedRecord, ProducedRecord> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "analytics.tabulate-late-events";

    public static final OutputTag<RowChange> ROWS = new OutputTag<>("late-event-rows", RowChangeTypeInfo.INSTANCE);

    private final LateEventsTable table;

    public TabulateLateEvents(LateEventsTable table) {
        this.table = table;
    }

    @Override
    public void processElement(ProducedRecord told, Context context, Collector<ProducedRecord> out) {
        context.output(ROWS, table.row(LateEvent.read(Objects.requireNonNull(told.value()))));
        out.collect(told);
    }
}
