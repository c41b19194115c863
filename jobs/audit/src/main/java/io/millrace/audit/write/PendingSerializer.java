package io.millrace.audit.write;

import io.millrace.archive.digest.SealedFile;
import io.millrace.audit.chain.Forms;
import io.millrace.audit.chain.StateForm;
import io.millrace.audit.folder.PendingUpload;
import io.millrace.common.type.Binary;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import java.time.LocalDate;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Pending}, a state. */
public final class PendingSerializer extends ValueSerializer<Pending> {

    private static final long serialVersionUID = 1L;

    private static final int FORM = 1;

    public static final PendingSerializer INSTANCE = new PendingSerializer();

    @Override
    public Pending createInstance() {
        return Pending.endOf(0, LocalDate.EPOCH);
    }

    @Override
    public void serialize(Pending pending, DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        out.writeInt(pending.partition());
        out.writeLong(pending.day().toEpochDay());
        Pending.File file = pending.file();
        out.writeBoolean(file != null);
        if (file != null) {
            write(file.file(), out);
            Forms.writeHash(file.previousHash(), out);
            out.writeInt(file.upload().version());
            Binary.writeBytes(file.upload().bytes(), out);
        }
    }

    private static void write(SealedFile file, DataOutputView out) throws IOException {
        out.writeUTF(file.name());
        out.writeLong(file.firstOffset());
        out.writeLong(file.lastOffset());
        out.writeLong(file.records());
        out.writeLong(file.size());
        Forms.writeHash(file.sha256(), out);
        Forms.writeHash(file.lastHash(), out);
    }

    @Override
    public Pending deserialize(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        return new Pending(in.readInt(), LocalDate.ofEpochDay(in.readLong()), in.readBoolean() ? file(in) : null);
    }

    private static Pending.File file(DataInputView in) throws IOException {
        SealedFile file = new SealedFile(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Forms.readHash(in),
                Forms.readHash(in));
        return new Pending.File(file, Forms.readHash(in), new PendingUpload(in.readInt(), Binary.readBytes(in)));
    }

    @Override
    public TypeSerializerSnapshot<Pending> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Pending> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
