package io.millrace.audit.chain;

import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.common.type.Binary;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import java.time.LocalDate;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Binary form of {@link Step}. */
public final class StepSerializer extends ValueSerializer<Step> {

    private static final long serialVersionUID = 1L;

    public static final StepSerializer INSTANCE = new StepSerializer();

    @Override
    public Step createInstance() {
        return Step.endOf(0, LocalDate.EPOCH);
    }

    @Override
    public void serialize(Step step, DataOutputView out) throws IOException {
        out.writeInt(step.partition());
        out.writeLong(step.day().toEpochDay());
        Entry entry = step.entry();
        out.writeBoolean(entry != null);
        if (entry != null) {
            write(entry, out);
        }
    }

    private static void write(Entry entry, DataOutputView out) throws IOException {
        out.writeLong(entry.offset());
        out.writeLong(entry.timestamp());
        Binary.writeBytes(entry.content().key(), out);
        Binary.writeBytes(entry.content().headers(), out);
        Binary.writeBytes(entry.content().value(), out);
        write(entry.fields(), out);
        Forms.writeHash(entry.previousHash(), out);
        Forms.writeHash(entry.hash(), out);
        Forms.writeHash(entry.rowHash(), out);
    }

    private static void write(Fields fields, DataOutputView out) throws IOException {
        out.writeUTF(fields.kind().text());
        Long eventTime = fields.eventTime();
        out.writeBoolean(eventTime != null);
        if (eventTime != null) {
            out.writeLong(eventTime);
        }
        Forms.writeText(fields.eventId(), out);
        Forms.writeText(fields.eventType(), out);
        Forms.writeText(fields.userId(), out);
        Forms.writeText(fields.accessedBy(), out);
        Forms.writeText(fields.resourceId(), out);
        Forms.writeText(fields.metadata(), out);
    }

    @Override
    public Step deserialize(DataInputView in) throws IOException {
        return new Step(in.readInt(), LocalDate.ofEpochDay(in.readLong()), in.readBoolean() ? entry(in) : null);
    }

    private static Entry entry(DataInputView in) throws IOException {
        return new Entry(
                in.readLong(),
                in.readLong(),
                new Content(Binary.readNullableBytes(in), Binary.readBytes(in), Binary.readNullableBytes(in)),
                fields(in),
                Forms.readHash(in),
                Forms.readHash(in),
                Forms.readHash(in));
    }

    private static Fields fields(DataInputView in) throws IOException {
        return new Fields(
                Kind.of(in.readUTF()),
                number(in),
                Forms.readText(in),
                Forms.readText(in),
                Forms.readText(in),
                Forms.readText(in),
                Forms.readText(in),
                Forms.readText(in));
    }

    private static @Nullable Long number(DataInputView in) throws IOException {
        if (in.readBoolean()) {
            return in.readLong();
        }
        return null;
    }

    @Override
    public TypeSerializerSnapshot<Step> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Step> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
