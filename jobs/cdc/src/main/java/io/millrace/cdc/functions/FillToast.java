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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Puts the large values that an update did not touch, and Postgres did not send, back into the row: from state, else
 * from the database. No change leaves with a gap. If the row is gone from the database, the change that removed it is
 * still to come, and makes this one void: it is counted and passed over. If the database no longer knows the column or
 * the table, the change is a dead letter. Either way what was remembered of the row may be out of date, and the next
 * change reads it anew.
 *
 * <p>State: for each row, its values whose JSON has at least {@link #LARGE} bytes; smaller ones that Postgres moved
 * out of the row all the same are read back. Removed with the row.
 */
public final class FillToast extends KeyedProcessFunction<String, RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.fill-toast";

    public static final OutputTag<DeadLetter> DEAD_LETTERS = CaptureLetters.tag("unfilled-dead-letters");

    /** Postgres moves values out of a row of more than 2,000 bytes, the largest first. */
    static final int LARGE = 1_000;

    private static final String REASON = "superseded";

    private final String pipeline;
    private final PostgresAddress address;
    private final Duration longestWait;
    private transient MapState<String, byte[]> large;
    private transient RowReader reader;
    private transient Counter superseded;
    private transient CaptureLetters letters;

    public FillToast(String pipeline, PostgresAddress address) {
        this(pipeline, address, RowReader.LONGEST_WAIT);
    }

    @SuppressWarnings("NullAway.Init") // Flink calls open before the first change
    FillToast(String pipeline, PostgresAddress address, Duration longestWait) {
        this.pipeline = pipeline;
        this.address = address;
        this.longestWait = longestWait;
    }

    @Override
    public void open(OpenContext context) {
        large = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "large-values", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        reader = new RowReader(address, longestWait);
        letters = new CaptureLetters(getRuntimeContext().getMetricGroup());
        superseded = getRuntimeContext()
                .getMetricGroup()
                .addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.REASON, REASON)
                .counter(MetricNames.SKIPPED.name());
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<RowChange> out) throws Exception {
        byte[] row = change.after();
        if (row == null) {
            large.clear();
            out.collect(change);
            return;
        }
        if (!Unchanged.isIn(row)) {
            remember(row);
            out.collect(change);
            return;
        }
        try {
            forward(change, fill(change, row), out);
        } catch (DataException e) {
            large.clear();
            context.output(DEAD_LETTERS, Refusal.of(change, e).toDeadLetter(pipeline, CaptureLetters.STAGE));
            letters.count(change);
        }
    }

    private void forward(RowChange change, Optional<byte[]> filled, Collector<RowChange> out) throws Exception {
        if (filled.isPresent()) {
            remember(filled.get());
            out.collect(change.withAfter(filled.get()));
        } else {
            large.clear();
            superseded.inc();
        }
    }

    private Optional<byte[]> fill(RowChange change, byte[] row) throws Exception {
        List<RowJson.Column> columns = RowJson.columns(row);
        Map<String, byte[]> values = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (RowJson.Column column : columns) {
            if (isUnchanged(row, column)) {
                byte[] known = large.get(column.name());
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
        return Optional.of(RowJson.with(row, columns, values));
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

    private void remember(byte[] row) throws Exception {
        Set<String> kept = new HashSet<>();
        if (row.length >= LARGE) {
            for (RowJson.Column column : RowJson.columns(row)) {
                int length = column.end() - column.start();
                if (length >= LARGE) {
                    byte[] value = new byte[length];
                    System.arraycopy(row, column.start(), value, 0, length);
                    large.put(column.name(), value);
                    kept.add(column.name());
                }
            }
        }
        if (kept.isEmpty()) {
            large.clear();
        } else {
            List<String> gone = new ArrayList<>();
            large.keys().forEach(name -> {
                if (!kept.contains(name)) {
                    gone.add(name);
                }
            });
            for (String name : gone) {
                large.remove(name);
            }
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
