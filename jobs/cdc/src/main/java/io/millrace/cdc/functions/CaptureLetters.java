package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.metrics.MetricNames;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;

/** Where the functions of the capture put what they cannot process: counted by table. For one thread. */
final class CaptureLetters {

    /** The stage of these dead letters. */
    static final String STAGE = "capture";

    private final MetricGroup metrics;
    private final Map<String, Counter> counters = new HashMap<>();

    CaptureLetters(MetricGroup metrics) {
        this.metrics = metrics.addGroup(MetricNames.ROOT);
    }

    static OutputTag<DeadLetter> tag(String name) {
        return new OutputTag<>(name, TypeInformation.of(DeadLetter.class));
    }

    void count(RowChange change) {
        counters.computeIfAbsent(change.table(), this::counterOf).inc();
    }

    private Counter counterOf(String table) {
        return metrics.addGroup(MetricNames.TABLE, table)
                .addGroup(MetricNames.TARGET, STAGE)
                .counter(MetricNames.DEAD_LETTERED.name());
    }
}
