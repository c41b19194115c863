package io.millrace.cdc.functions;

import io.millrace.cdc.model.Target;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.Refusal;
import io.millrace.common.metrics.TargetMetrics;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.UnavailableValue;
import io.millrace.common.sink.kafka.KafkaRecords;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Writes a change in Debezium's envelope, for the topic {@code <prefix>.<schema>.<table>}: the bytes of key and rows
 * are put together, never parsed. A delete is followed by a tombstone, so that compaction forgets the key; both
 * carry the version. What is larger than Kafka takes becomes a dead letter, and so does a row of another Debezium
 * that is not whole.
 *
 * <p>State: the schema of each topic's keys, which are other keys with another one: then the job stops.
 */
public final class ToEnvelope extends ProcessFunction<RowChange, ProducedRecord> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    public static final String UID = "cdc.to-envelope";

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("enveloped-dead-letters", TypeInformation.of(DeadLetter.class));

    private static final byte[] NULL = bytes("null");
    private static final byte[] SCHEMA = bytes("{\"schema\":");
    private static final byte[] PAYLOAD = bytes(",\"payload\":");
    private static final byte[] BEFORE = bytes("{\"before\":");
    private static final byte[] AFTER = bytes(",\"after\":");
    private static final byte[] SOURCE = bytes(",\"source\":");
    private static final byte[] END = bytes("}");

    private final String pipeline;
    private final String prefix;
    private final boolean withSchema;
    private final int largestRecord;
    private final Clock clock;
    private transient TargetMetrics metrics;
    private transient Map<String, String> topics;
    private transient @Nullable WrittenKeys keys;

    /** Tells the time of processing, {@code ts_ms}, in epoch milliseconds. */
    public interface Clock extends LongSupplier, Serializable {}

    /**
     * Makes the function.
     *
     * @param prefix the first part of the topics' names, as {@code dbserver1}
     * @param withSchema whether key and value are wrapped in {@code {"schema":…,"payload":…}}
     * @param largestRecord bytes of key, value and headers that Kafka takes
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open before the first change
    public ToEnvelope(String pipeline, String prefix, boolean withSchema, int largestRecord, Clock clock) {
        this.pipeline = pipeline;
        this.prefix = prefix;
        this.withSchema = withSchema;
        this.largestRecord = largestRecord;
        this.clock = clock;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        keys = WrittenKeys.open(context);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (keys != null) {
            keys.save();
        }
    }

    @Override
    public void open(OpenContext context) {
        topics = new HashMap<>();
        metrics = new TargetMetrics(getRuntimeContext().getMetricGroup(), Target.KAFKA.label(), clock);
    }

    @Override
    public void processElement(RowChange change, Context context, Collector<ProducedRecord> out) {
        if (change.isSweep()) {
            write(change.asDelete(), context, out);
            return;
        }
        if (keys != null && isOfNow(change)) {
            keys.require(topic(change), Objects.requireNonNull(change.schema()).key());
        }
        write(change, context, out);
    }

    /** A sweep deletes what has the keys of another time; and what was a topic's stays as it was there. */
    private boolean isOfNow(RowChange change) {
        boolean isSwept = change.isDelete() && change.source().snapshot();
        return withSchema && !isSwept && change.origin() == null && change.schema() != null && change.key().length > 0;
    }

    private String topic(RowChange change) {
        return topics.computeIfAbsent(change.table(), table -> prefix + "." + table);
    }

    private void write(RowChange change, Context context, Collector<ProducedRecord> out) {
        String topic = topic(change);
        List<Header> headers = List.of(new Header(Version.HEADER, bytes(Long.toString(change.version()))));
        RowSchema schema = change.schema();
        byte[] key = withSchema
                ? join(SCHEMA, orNull(schema == null ? null : schema.key()), PAYLOAD, change.key(), END)
                : change.key();
        byte[] value = value(change, orNull(schema == null ? null : schema.value()));
        ProducedRecord record = new ProducedRecord(topic, key, value, headers);
        Refusal refusal = KafkaRecords.size(record) > largestRecord ? tooLarge(change, record) : notWhole(change);
        if (refusal != null) {
            String stage = Target.KAFKA.label() + "." + change.table();
            context.output(DEAD_LETTERS, refusal.toDeadLetter(pipeline, stage));
            metrics.deadLettered(change);
            return;
        }
        out.collect(record);
        if (change.isDelete()) {
            out.collect(new ProducedRecord(topic, key, null, headers));
        }
        metrics.written(change);
    }

    /** A topic with our versions holds whole rows, whoever captured them. */
    private static @Nullable Refusal notWhole(RowChange change) {
        byte[] row = change.after();
        try {
            if (row != null && change.mayHoldPlaceholder()) {
                UnavailableValue.refuseIn(row);
            }
            return null;
        } catch (DataException e) {
            return Refusal.of(change, e);
        }
    }

    private Refusal tooLarge(RowChange change, ProducedRecord record) {
        String why = "the record for " + record.topic() + " has about " + KafkaRecords.size(record)
                + " bytes; at most " + largestRecord + " are written. Raise `targets.kafka.largest-record` and the"
                + " topic's max.message.bytes, or make the row smaller: the topic keeps its last version until then";
        return new Refusal(change, "RecordTooLargeException", why);
    }

    private byte[] value(RowChange change, byte[] schema) {
        byte[] before = orNull(change.before());
        byte[] after = orNull(change.after());
        byte[] source = orNull(change.source().block());
        byte[] rest = bytes(",\"op\":\"" + change.operation().code() + "\",\"ts_ms\":" + clock.getAsLong()
                + ",\"transaction\":null}");
        return withSchema
                ? join(SCHEMA, schema, PAYLOAD, BEFORE, before, AFTER, after, SOURCE, source, rest, END)
                : join(BEFORE, before, AFTER, after, SOURCE, source, rest);
    }

    private static byte[] orNull(byte @Nullable [] json) {
        return json == null || json.length == 0 ? NULL : json;
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int end = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, end, part.length);
            end += part.length;
        }
        return joined;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
