package io.millrace.cdc.functions;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.Refusal;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.source.postgres.RowJson;
import io.millrace.common.source.postgres.RowReader;
import io.millrace.common.source.postgres.Unchanged;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Puts the large values that an update did not touch, and Postgres did not send, back into the row: from state, else
 * from the database. No change leaves with a gap. What is remembered counts for as long as its column is not altered:
 * afterwards each value may be another, and no change has told so.
 *
 * <p>If the row is gone from the database, the change that removed it is still to come, and makes this one void: it is
 * counted and passed over. If the database no longer knows the column or the table, the change is a dead letter. Either
 * way what was remembered of the row may be out of date, and the next change reads it anew.
 *
 * <p>State: for each row, its values whose JSON has at least {@link LargeValues#LARGE} bytes; smaller ones that Postgres
 * moved out of the row all the same are read back. With each value the form that its column had, see {@link KeptValue}.
 * Removed with the row.
 */
public final class FillToast extends KeyedProcessFunction<String, RowChange, RowChange>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.fill-toast";

    public static final OutputTag<DeadLetter> DEAD_LETTERS = CaptureLetters.tag("unfilled-dead-letters");

    private static final String REASON = "superseded";

    private final String pipeline;
    private final PostgresAddress address;
    private final Duration longestWait;
    private transient LargeValues large;
    private transient RowReader reader;
    private transient Counter superseded;
    private transient CaptureLetters letters;

    public FillToast(String pipeline, PostgresAddress address) {
        this(pipeline, address, RowReader.LONGEST_WAIT);
    }

    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first change
    FillToast(String pipeline, PostgresAddress address, Duration longestWait) {
        this.pipeline = pipeline;
        this.address = address;
        this.longestWait = longestWait;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        large = new LargeValues(context);
        reader = new RowReader(address, longestWait);
        letters = new CaptureLetters(getRuntimeContext().getMetricGroup());
        superseded = getRuntimeContext()
                .getMetricGroup()
                .addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.REASON, REASON)
                .counter(MetricNames.SKIPPED.name());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        large.snapshot();
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<RowChange> out) throws Exception {
        byte[] row = change.after();
        if (row == null) {
            large.forget(change.table());
            out.collect(change);
            return;
        }
        if (!Unchanged.isIn(row)) {
            large.remember(change, row, Set.of());
            out.collect(change);
            return;
        }
        try {
            forward(change, row, out);
        } catch (DataException e) {
            large.forget(change.table());
            context.output(DEAD_LETTERS, Refusal.of(change, e).toDeadLetter(pipeline, CaptureLetters.STAGE));
            letters.count(change);
        }
    }

    private void forward(RowChange change, byte[] row, Collector<RowChange> out) throws Exception {
        List<RowJson.Column> columns = RowJson.columns(row);
        Optional<Map<String, byte[]>> values = values(change, row, columns);
        if (values.isPresent()) {
            byte[] filled = RowJson.with(row, columns, values.get());
            large.remember(change, filled, values.get().keySet());
            out.collect(change.withAfter(filled));
        } else {
            large.forget(change.table());
            superseded.inc();
        }
    }

    /** Returns the values that were not sent, by their columns; nothing if the row is gone. */
    private Optional<Map<String, byte[]>> values(RowChange change, byte[] row, List<RowJson.Column> columns)
            throws Exception {
        Map<String, byte[]> values = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (RowJson.Column column : columns) {
            if (isUnchanged(row, column)) {
                byte[] known = large.get(column.name(), change);
                if (known == null) {
                    missing.add(column.name());
                } else {
                    values.put(column.name(), known);
                }
            }
        }
        if (!missing.isEmpty()) {
            Optional<Map<String, byte[]>> read = reader.read(change, schema(change), missing);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            values.putAll(read.get());
        }
        return Optional.of(values);
    }

    private static RowSchema schema(RowChange change) throws IOException {
        RowSchema schema = change.schema();
        if (schema == null) {
            throw new IOException("a captured change of " + change.table() + " has no schema");
        }
        return schema;
    }

    private static boolean isUnchanged(byte[] row, RowJson.Column column) {
        return column.end() - column.start() == Unchanged.JSON.length() && row[column.start()] == '{';
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
