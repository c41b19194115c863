package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.replay.LowerGenerationException;
import io.millrace.common.replay.Version;
import io.millrace.common.source.postgres.CaptureStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gives each change its version: the generation, and the change's place in the order of commits, which the source has
 * found. Rows of a snapshot have the position at which the job was first started, below all changes. Rows of a table
 * that was added later are read beside the stream, from a position on; what the stream tells of it from before is in
 * them, and is passed over.
 */
public final class AssignVersion extends ProcessFunction<RowChange, RowChange> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.assign-version";

    private static final String GENERATION = "generation";
    private static final String START = "start";
    private static final String TABLES = "tables";
    private static final String TABLE = "table ";
    private static final long NOT_ADDED = -1;

    private final int generation;
    private final CaptureStart begin;
    private final ArrayList<String> tables;
    private long start;
    private transient Map<String, Long> added;
    private transient Counter readAlready;
    private transient @Nullable SameEverywhere<Long> saved;

    /**
     * Makes the function.
     *
     * @param generation 0 to 255; raised when the world starts again, as with a new cluster: every version then lies
     *     above all versions before
     * @param begin of the snapshot's rows, unless the job is restored, and of tables that it does not know then
     * @param tables schema and name of those that are captured
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before the first change
    public AssignVersion(int generation, CaptureStart begin, List<String> tables) {
        this.generation = Version.generation(Version.of(generation, begin.position()));
        this.begin = begin;
        this.tables = new ArrayList<>(tables);
        this.start = begin.position();
    }

    @Override
    @SuppressWarnings("NullAway.Init") // Flink has called initializeState
    public void open(OpenContext context) {
        readAlready = getRuntimeContext()
                .getMetricGroup()
                .addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.REASON, "read-already")
                .counter(MetricNames.SKIPPED.name());
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<RowChange> out) {
        boolean snapshot = change.source().snapshot();
        if (!snapshot && change.version() <= added.getOrDefault(change.table(), NOT_ADDED)) {
            readAlready.inc();
            return;
        }
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
        boolean restored = startBefore != null;
        start = startBefore == null ? begin.position() : startBefore;
        added = added(saved, restored);
    }

    /** The savepoint of a version that could add none knows no tables; there the publication has told. */
    private Map<String, Long> added(SameEverywhere<Long> state, boolean restored) throws Exception {
        boolean knowsTables = state.get(TABLES) != null;
        Map<String, Long> positions = new HashMap<>();
        for (String table : tables) {
            Long known = state.get(TABLE + table);
            if (known != null) {
                requirePublished(table, known);
                positions.put(table, known);
            } else if (restored && (knowsTables || begin.unpublished().contains(table))) {
                positions.put(table, begin.published());
            }
        }
        return positions;
    }

    /** One that this submission has added is known by itself after a restart. */
    private void requirePublished(String table, long known) {
        if (begin.unpublished().contains(table) && known != begin.published()) {
            throw new UntoldTableException(table);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (saved != null) {
            saved.clear();
            saved.put(GENERATION, (long) generation);
            saved.put(START, start);
            saved.put(TABLES, (long) tables.size());
            for (String table : tables) {
                saved.put(TABLE + table, added.getOrDefault(table, NOT_ADDED));
            }
        }
    }
}
