package io.millrace.analytics.search;

import io.millrace.analytics.event.Stamp;
import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Interaction}. */
final class InteractionSerializer extends ValueSerializer<Interaction> {

    private static final long serialVersionUID = 1L;

    static final InteractionSerializer INSTANCE = new InteractionSerializer();

    @Override
    public Interaction createInstance() {
        return new Interaction(new Stamp(0, 0, 0, null), 0, null, false, true);
    }

    @Override
    public void serialize(Interaction interaction, DataOutputView out) throws IOException {
        interaction.stamp().writeTo(out);
        out.writeLong(interaction.user());
        String term = interaction.term();
        out.writeBoolean(term != null);
        out.writeUTF(term == null ? "" : term);
        out.writeBoolean(interaction.found());
        out.writeBoolean(interaction.counts());
    }

    @Override
    public Interaction deserialize(DataInputView in) throws IOException {
        Stamp stamp = Stamp.readFrom(in);
        long user = in.readLong();
        boolean isSearch = in.readBoolean();
        String term = in.readUTF();
        return new Interaction(stamp, user, isSearch ? term : null, in.readBoolean(), in.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<Interaction> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Interaction> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
