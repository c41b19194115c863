package io.millrace.common.failure;

import io.millrace.common.event.ConsumedRecordSerializer;
import io.millrace.common.type.Binary;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Binary form of {@link DeadLetter}. */
public final class DeadLetterSerializer extends ValueSerializer<DeadLetter> {

    private static final long serialVersionUID = 1L;

    public static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

    @Override
    public DeadLetter createInstance() {
        return new DeadLetter(ConsumedRecordSerializer.INSTANCE.createInstance(), -1, "", "", "", null, 1);
    }

    @Override
    public void serialize(DeadLetter letter, DataOutputView out) throws IOException {
        ConsumedRecordSerializer.INSTANCE.serialize(letter.record(), out);
        out.writeLong(letter.version());
        for (String text : List.of(letter.pipeline(), letter.stage(), letter.errorClass())) {
            writeText(text, out);
        }
        writeText(letter.errorMessage(), out);
        out.writeInt(letter.attempt());
    }

    @Override
    public DeadLetter deserialize(DataInputView in) throws IOException {
        return new DeadLetter(
                ConsumedRecordSerializer.INSTANCE.deserialize(in),
                in.readLong(),
                readText(in),
                readText(in),
                readText(in),
                text(Binary.readNullableBytes(in)),
                in.readInt());
    }

    /** Longer texts than {@code writeUTF} can hold: an error message may quote a whole stack. */
    private static void writeText(@Nullable String text, DataOutputView out) throws IOException {
        Binary.writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static String readText(DataInputView in) throws IOException {
        return new String(Binary.readBytes(in), StandardCharsets.UTF_8);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
