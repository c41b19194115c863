package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeSerializer;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes a sweep that is not done into a checkpoint: nothing else is a writer's state. */
final class SweepSerializer implements SimpleVersionedSerializer<RowChange> {

    private static final int VERSION = 1;
    private static final int USUAL_BYTES = 128;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(RowChange sweep) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
        RowChangeSerializer.INSTANCE.serialize(sweep, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public RowChange deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("the savepoint holds sweeps of Elasticsearch in version " + version
                    + " of their form," + " and this release reads version " + VERSION
                    + "; restore it with the release that wrote it");
        }
        return RowChangeSerializer.INSTANCE.deserialize(new DataInputDeserializer(serialized));
    }
}
