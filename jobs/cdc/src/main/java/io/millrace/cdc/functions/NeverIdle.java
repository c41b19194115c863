package io.millrace.cdc.functions;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs a keyed function and tells nobody that its input is idle. While a snapshot is read every subtask of the source
 * counts as idle, and whoever joins its rows with another stream would wait for that other stream alone.
 */
public final class NeverIdle<K, I, O> extends KeyedProcessOperator<K, I, O> {

    private static final long serialVersionUID = 1L;

    public NeverIdle(KeyedProcessFunction<K, I, O> function) {
        super(function);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {}
}
