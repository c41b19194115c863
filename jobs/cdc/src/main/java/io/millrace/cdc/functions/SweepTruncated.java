package io.millrace.cdc.functions;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Says of a truncated table that each of its rows is gone whose version is below that of the TRUNCATE: to topics by a
 * sweep of each row that they hold, to the other targets by a sweep of the table, behind the writes of each subtask.
 * Both happen once a checkpoint is complete that the TRUNCATE was before: all that was before it has gone to the targets
 * then, or waits in their writers.
 *
 * <p>Takes changes partitioned by {@link RowKey}, and a TRUNCATE once in every subtask. State: the TRUNCATEs that are
 * not through, and the rows that changed since, which is for as long as a checkpoint takes.
 */
public final class SweepTruncated extends AbstractStreamOperator<RowChange>
        implements OneInputStreamOperator<RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.sweep-truncated";

    private static final RowKey ROW_KEY = new RowKey();
    private static final String TRUNCATE = "";

    private final @Nullable TruncatedTopics topics;
    private final HashSet<String> swept;
    private transient Map<String, Truncation> truncations;
    private transient @Nullable ListState<Tuple3<String, Long, String>> saved;

    /**
     * Makes the operator.
     *
     * @param topics of the tables that go to Kafka; null if none does
     * @param swept tables that go to another target
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first change
    public SweepTruncated(@Nullable TruncatedTopics topics, Set<String> swept) {
        this.topics = topics;
        this.swept = new HashSet<>(swept);
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        truncations = new HashMap<>();
        saved = context.getOperatorStateStore()
                .getUnionListState(
                        new ListStateDescriptor<>("truncations", Types.TUPLE(Types.STRING, Types.LONG, Types.STRING)));
        for (Tuple3<String, Long, String> entry : saved.get()) {
            Truncation known = truncations.get(entry.f0);
            if (known == null || known.version < entry.f1) {
                truncations.put(entry.f0, new Truncation(entry.f1, Truncation.RESTORED));
            }
        }
        for (Tuple3<String, Long, String> entry : saved.get()) {
            Truncation truncation = truncations.get(entry.f0);
            if (truncation != null
                    && truncation.version == entry.f1
                    && !entry.f2.equals(TRUNCATE)
                    && isOurs(entry.f2)) {
                truncation.changedSince.add(entry.f2);
            }
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (saved == null) {
            return;
        }
        saved.clear();
        for (Map.Entry<String, Truncation> entry : truncations.entrySet()) {
            Truncation truncation = entry.getValue();
            truncation.checkpoint = Math.min(truncation.checkpoint, context.getCheckpointId());
            saved.add(Tuple3.of(entry.getKey(), truncation.version, TRUNCATE));
            for (String rowKey : truncation.changedSince) {
                saved.add(Tuple3.of(entry.getKey(), truncation.version, rowKey));
            }
        }
    }

    @Override
    public void processElement(StreamRecord<RowChange> element) {
        RowChange change = element.getValue();
        if (change.operation() == Operation.TRUNCATE) {
            truncations.merge(change.table(), new Truncation(change.version(), Truncation.NONE), Truncation::theHigher);
            return;
        }
        if (!truncations.isEmpty()) {
            Truncation truncation = truncations.get(change.table());
            if (truncation != null) {
                truncation.changedSince.add(ROW_KEY.getKey(change));
            }
        }
        output.collect(element);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        Iterator<Map.Entry<String, Truncation>> waiting = truncations.entrySet().iterator();
        while (waiting.hasNext()) {
            Map.Entry<String, Truncation> next = waiting.next();
            if (next.getValue().checkpoint <= checkpoint) {
                waiting.remove();
                sweep(next.getKey(), next.getValue());
            }
        }
    }

    private void sweep(String table, Truncation truncation) throws IOException {
        if (swept.contains(table)) {
            output.collect(new StreamRecord<>(RowChange.sweep(table, truncation.version)));
        }
        if (topics != null) {
            long deleted = topics.delete(
                    table,
                    truncation.version,
                    rowKey -> isOurs(rowKey) && !truncation.changedSince.contains(rowKey),
                    deletion -> output.collect(new StreamRecord<>(deletion)));
            LOG.info("{} was truncated: {} rows deleted in its topic", table, deleted);
        }
    }

    /** Whether the changes of a row come to this subtask, so that they stay in their order. */
    private boolean isOurs(String rowKey) {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        return task.getIndexOfThisSubtask()
                == KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        rowKey, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
    }

    /** A TRUNCATE that waits for its checkpoint. */
    private static final class Truncation {

        private static final long NONE = Long.MAX_VALUE;
        private static final long RESTORED = -1;

        private final long version;
        private final Set<String> changedSince = new HashSet<>();
        private long checkpoint;

        Truncation(long version, long checkpoint) {
            this.version = version;
            this.checkpoint = checkpoint;
        }

        /** The end of an added table's rows can come behind a TRUNCATE that was later, and took all of them. */
        static Truncation theHigher(Truncation waiting, Truncation next) {
            return waiting.version > next.version ? waiting : next;
        }
    }
}
