package io.millrace.cdc.functions;

import io.millrace.cdc.functions.HeldKeys.HeldKey;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.replay.Version;
import io.millrace.common.source.postgres.SourceBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the rows that vanished while nobody listened: after a snapshot, every key which the topics hold, and which
 * neither the snapshot nor the stream mentioned, is deleted with the version of the snapshot. A row that a restarted
 * snapshot reads once more is passed over: what changed in between is still to come by the stream. Rows of a table that
 * was added have a version of their own. What topics hold under a key with another schema than the database's rows have
 * now goes too, with the version that it has: its row may be there under its key of now.
 *
 * <p>Takes both inputs partitioned by {@link RowKey}: the first has the captured changes, the second what the topics held
 * when the job started. Event time reaches {@link SnapshotEnd#SWEEP} when the snapshot is through, and the topics have
 * been read to that end. State: two numbers for each key until then, and the schemas of each table.
 */
public final class Sweep extends AbstractStreamOperator<RowChange>
        implements TwoInputStreamOperator<RowChange, RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.sweep";

    /** The version of a job that goes on without a snapshot of its own: below all others, so that none is swept. */
    public static final long NOTHING = -1;

    private static final TypeInformation<byte[]> BYTES = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    private static final ValueStateDescriptor<Long> PUBLISHED =
            new ValueStateDescriptor<>("published-version", Types.LONG);
    private static final long MENTIONED = Long.MAX_VALUE;
    private static final long DELETED = Long.MAX_VALUE - 1;

    private long version;
    private final SourceBlock block;
    private transient ValueState<Long> published;
    private transient HeldKeys keys;
    private transient Counter readAgain;
    private transient Map<String, RowSchema> schemas;
    private transient boolean restored;
    private transient boolean swept;
    private transient long capturedUntil;
    private transient long publishedUntil;
    private transient long told;
    private transient @Nullable ListState<Tuple3<String, byte[], byte[]>> savedSchemas;
    private transient @Nullable ListState<Long> savedVersion;

    /**
     * Makes the operator.
     *
     * @param version of the snapshot's rows, unless the job is restored; or {@link #NOTHING}
     * @param block writes where a deletion happened
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first change
    public Sweep(long version, SourceBlock block) {
        this.version = version;
        this.block = block;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /**
     * A key may be handled by another subtask after a restore: each gets the schemas of all. The version stays that of
     * the snapshot's rows, however late the job goes on.
     */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        published = context.getKeyedStateStore().getState(PUBLISHED);
        keys = HeldKeys.open(context);
        readAgain = getMetricGroup()
                .addGroup(MetricNames.ROOT)
                .addGroup(MetricNames.REASON, "read-again")
                .counter(MetricNames.SKIPPED.name());
        restored = context.isRestored();
        schemas = new HashMap<>();
        capturedUntil = Long.MIN_VALUE;
        publishedUntil = Long.MIN_VALUE;
        told = Long.MIN_VALUE;
        savedSchemas = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(
                        "schemas", new TupleTypeInfo<Tuple3<String, byte[], byte[]>>(Types.STRING, BYTES, BYTES)));
        for (Tuple3<String, byte[], byte[]> saved : savedSchemas.get()) {
            schemas.put(saved.f0, new RowSchema(saved.f1, saved.f2));
        }
        savedVersion = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("snapshot-version", Types.LONG));
        for (Long saved : savedVersion.get()) {
            version = saved;
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (savedSchemas != null && savedVersion != null) {
            keys.save();
            savedVersion.update(List.of(version));
            savedSchemas.clear();
            for (Map.Entry<String, RowSchema> schema : schemas.entrySet()) {
                savedSchemas.add(Tuple3.of(
                        schema.getKey(),
                        schema.getValue().key(),
                        schema.getValue().value()));
            }
        }
    }

    @Override
    public void processElement1(StreamRecord<RowChange> element) throws Exception {
        RowChange change = element.getValue();
        if (change.operation() == Operation.TRUNCATE || swept) {
            output.collect(element);
        } else if (restored && change.operation() == Operation.READ && change.version() == version && isMentioned()) {
            readAgain.inc();
        } else {
            keys.capture(change);
            note(change, MENTIONED);
            output.collect(element);
        }
    }

    @Override
    public void processElement2(StreamRecord<RowChange> element) throws Exception {
        RowChange held = element.getValue();
        if (swept) {
            return;
        }
        keys.hold(held);
        if (!isMentioned()) {
            note(held, held.isDelete() ? DELETED : held.version());
        }
    }

    private boolean isMentioned() throws IOException {
        Long known = published.value();
        return known != null && known == MENTIONED;
    }

    private void note(RowChange change, long what) throws IOException {
        RowSchema schema = change.schema();
        if (schema != null && schema.value().length > 0) {
            schemas.put(change.table(), schema);
        }
        published.update(what);
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        capturedUntil = mark.getTimestamp();
        advance();
    }

    @Override
    public void processWatermark2(Watermark mark) throws Exception {
        publishedUntil = mark.getTimestamp();
        advance();
    }

    /**
     * Waits for both inputs, idle or not: while a snapshot is read every subtask of the source counts as idle, and the
     * topics alone would tell the time.
     */
    private void advance() throws Exception {
        long until = Math.min(capturedUntil, publishedUntil);
        if (!swept && until >= SnapshotEnd.SWEEP) {
            swept = true;
            AllKeys.of(this.<String>getKeyedStateBackend(), PUBLISHED).forEach(this::settle);
        }
        if (until > told) {
            told = until;
            processWatermark(new Watermark(until));
        }
    }

    private void settle(String rowKey) throws Exception {
        boolean mentioned = isMentioned();
        Long held = published.value();
        published.clear();
        String table = rowKey.substring(0, rowKey.indexOf(" {"));
        List<HeldKey> heldKeys = keys.take(table);
        for (HeldKey key : heldKeys) {
            if (key.version() < version && !(mentioned && key.isCaptured())) {
                // the topic alone is told of a key whose row is there under another one
                Operation operation = mentioned ? Operation.SWEEP : Operation.DELETE;
                long since = key.isCaptured() ? version : key.version();
                output.collect(new StreamRecord<>(gone(rowKey, operation, since, schema(table, key.schema()))));
            }
        }
        if (heldKeys.isEmpty() && held != null && held < version) {
            output.collect(new StreamRecord<>(gone(rowKey, Operation.DELETE, version, schemas.get(table))));
        }
    }

    private RowSchema schema(String table, byte[] key) {
        RowSchema known = schemas.get(table);
        return known != null && Arrays.equals(known.key(), key)
                ? known
                : new RowSchema(key, known == null ? new byte[0] : known.value());
    }

    private RowChange gone(String rowKey, Operation operation, long since, @Nullable RowSchema schema) {
        int space = rowKey.indexOf(" {");
        String table = rowKey.substring(0, space);
        byte[] key = rowKey.substring(space + 1).getBytes(StandardCharsets.UTF_8);
        long lsn = Version.position(since);
        SourcePosition position = new SourcePosition(lsn, 0, 0, true, block.at(table, lsn));
        return new RowChange(table, operation, since, key, null, null, schema, position, null);
    }
}
