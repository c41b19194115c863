package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import io.millrace.common.replay.LowerGenerationException;
import io.millrace.common.replay.Version;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gives each change its version: the generation, and the change's place in the order of commits, which the source has
 * found. Rows of a snapshot have the position at which the job was first started, below all changes.
 */
public final class AssignVersion extends ProcessFunction<RowChange, RowChange> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.assign-version";

    private static final String GENERATION = "generation";
    private static final String START = "start";

    private final int generation;
    private long start;
    private transient @Nullable SameEverywhere<Long> saved;

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
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<RowChange> out) {
        boolean snapshot = change.source().snapshot();
        if (!snapshot && change.version() <= start) {
            throw new OldChangeException(change.table(), change.version(), start);
        }
        out.collect(change.withVersion(Version.of(generation, snapshot ? start : change.version())));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        saved = SameEverywhere.open("begin-of-capture", Types.LONG, context);
        Long before = saved.get(GENERATION);
        if (before != null && generation < before) {
            throw new LowerGenerationException(generation, before.intValue());
        }
        Long startBefore = saved.get(START);
        start = startBefore == null ? start : startBefore;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (saved != null) {
            saved.put(GENERATION, (long) generation);
            saved.put(START, start);
        }
    }
}
