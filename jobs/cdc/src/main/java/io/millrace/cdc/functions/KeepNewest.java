package io.millrace.cdc.functions;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.source.postgres.CaptureStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Passes over a row of an added table that a change from the stream was quicker than, or a TRUNCATE: what follows must
 * not take it for the newest, and in a topic the last record of a row must be. A change that is older than the row is
 * passed over too, and so is a row that is read again after a restart.
 *
 * <p>Takes changes partitioned by {@link RowKey}. State: the tables whose rows have been read, and until then the
 * version of each row of an added table that came by, and of its last TRUNCATE.
 */
public final class KeepNewest extends AbstractStreamOperator<RowChange>
        implements OneInputStreamOperator<RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.keep-newest";

    private static final ValueStateDescriptor<Long> NEWEST = new ValueStateDescriptor<>("newest-version", Types.LONG);

    /** Tells a savepoint that has read no table yet from one that does not say. */
    private static final String SAID = "";

    private static final long NEVER = -1;

    private final ArrayList<String> tables;
    private final CaptureStart begin;
    private transient Set<String> reading;
    private transient ValueState<Long> newest;
    private transient Counter superseded;
    private transient Map<String, Long> truncated;
    private transient @Nullable ListState<String> read;
    private transient @Nullable ListState<Tuple2<String, Long>> savedTruncated;

    /**
     * Makes the operator.
     *
     * @param tables schema and name of those that are captured
     * @param begin tells which of them are new to a savepoint that does not say which it knows
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first change
    public KeepNewest(List<String> tables, CaptureStart begin) {
        this.tables = new ArrayList<>(tables);
        this.begin = begin;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        newest = context.getKeyedStateStore().getState(NEWEST);
        read = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("tables-that-were-read", Types.STRING));
        savedTruncated = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("truncated", Types.TUPLE(Types.STRING, Types.LONG)));
        truncated = new HashMap<>();
        for (Tuple2<String, Long> entry : savedTruncated.get()) {
            truncated.merge(entry.f0, entry.f1, Math::max);
        }
        Set<String> known = new HashSet<>();
        read.get().forEach(known::add);
        reading = new HashSet<>(tables);
        if (known.isEmpty()) {
            reading.retainAll(begin.unpublished());
        } else {
            reading.removeAll(known);
        }
        superseded = getMetricGroup()
                .addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.REASON, "superseded")
                .counter(MetricNames.SKIPPED.name());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (read != null && savedTruncated != null) {
            read.clear();
            read.add(SAID);
            read.addAll(
                    tables.stream().filter(table -> !reading.contains(table)).toList());
            savedTruncated.clear();
            for (Map.Entry<String, Long> entry : truncated.entrySet()) {
                savedTruncated.add(Tuple2.of(entry.getKey(), entry.getValue()));
            }
        }
    }

    @Override
    public void processElement(StreamRecord<RowChange> element) throws Exception {
        RowChange change = element.getValue();
        if (reading.isEmpty() || !reading.contains(change.table()) || isNewest(change)) {
            output.collect(element);
        } else {
            superseded.inc();
        }
    }

    private boolean isNewest(RowChange change) throws Exception {
        if (change.operation() == Operation.TRUNCATE) {
            if (change.source().snapshot()) {
                end(change.table());
            } else {
                truncated.merge(change.table(), change.version(), Math::max);
            }
            return true;
        }
        boolean row = change.operation() == Operation.READ;
        if (row && change.version() <= truncated.getOrDefault(change.table(), NEVER)) {
            return false;
        }
        Long known = newest.value();
        if (known != null && (known > change.version() || (row && known == change.version()))) {
            return false;
        }
        newest.update(change.version());
        return true;
    }

    /** Whatever comes now of the table comes by the stream, in its order. */
    private void end(String table) {
        reading.remove(table);
        truncated.remove(table);
        String rows = RowKey.prefix(table);
        AllKeys.of(this.<String>getKeyedStateBackend(), NEWEST).forEach(rowKey -> {
            if (rowKey.startsWith(rows)) {
                newest.clear();
            }
        });
    }
}
