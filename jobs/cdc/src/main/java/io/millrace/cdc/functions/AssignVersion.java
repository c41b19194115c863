package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.replay.LowerGenerationException;
import io.millrace.common.replay.Version;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gives each change its version: its place in the order of commits, which is the order in which it arrives.
 *
 * <p>An LSN alone orders the changes of one row, not of one key: a session can change and delete a row while another
 * waits to insert the same key, and the insert that survives has the lower LSN. So the position is the greatest of
 * the LSN, the commit before this transaction plus one, and the last position given plus one. It grows along the
 * stream, also over a restart, after which changes that come again get the positions that they had. Rows of
 * a snapshot have the position at which the job was first started, below all changes.
 *
 * <p>Runs in the source's own chain, so that it sees the stream's order; one subtask has the stream, and after a
 * restart it may be another one: each therefore restores the highest position of all.
 */
public final class AssignVersion extends ProcessFunction<RowChange, RowChange> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.assign-version";

    private final int generation;
    private long start;
    private long last;
    private transient @Nullable ListState<Tuple3<Integer, Long, Long>> positions;

    /**
     * Makes the function.
     *
     * @param generation 0 to 255; raised when the world starts again, as with a new cluster: every version then lies
     *     above all versions before
     * @param start position of the snapshot's rows, unless the job is restored
     */
    public AssignVersion(int generation, long start) {
        this.generation = Version.generation(Version.of(generation, start));
        this.start = start;
        this.last = start;
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<RowChange> out) {
        out.collect(change.withVersion(Version.of(generation, position(change.source()))));
    }

    private long position(SourcePosition source) {
        if (source.snapshot()) {
            return start;
        }
        last = Math.max(source.lsn(), Math.max(source.previousCommit(), last) + 1);
        return last;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        positions = context.getOperatorStateStore()
                .getUnionListState(
                        new ListStateDescriptor<>("positions", Types.TUPLE(Types.INT, Types.LONG, Types.LONG)));
        for (Tuple3<Integer, Long, Long> given : positions.get()) {
            requireNotLower(given.f0);
            last = given.f1 == start ? Math.max(last, given.f2) : given.f2;
            start = given.f1;
        }
    }

    private void requireNotLower(int before) {
        if (generation < before) {
            throw new LowerGenerationException(generation, before);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (positions != null) {
            positions.clear();
            positions.add(Tuple3.of(generation, start, last));
        }
    }
}
