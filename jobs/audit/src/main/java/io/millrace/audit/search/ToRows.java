package io.millrace.audit.search;

import io.millrace.archive.chain.Entry;
import io.millrace.audit.chain.Step;
import io.millrace.common.event.RowChange;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Makes a row of each record that is chained; the end of a day is none. */
public final class ToRows implements FlatMapFunction<Step, RowChange> {

    private static final long serialVersionUID = 1L;

    /** Of this operator. */
    public static final String UID = "audit.to-rows";

    @Override
    public void flatMap(Step step, Collector<RowChange> out) {
        Entry entry = step.entry();
        if (entry != null) {
            out.collect(EventsTable.row(step.partition(), step.day(), entry));
        }
    }
}
