package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Request}. */
public final class RequestSerializer extends ValueSerializer<Request> {

    private static final long serialVersionUID = 1L;

    public static final RequestSerializer INSTANCE = new RequestSerializer();

    @Override
    public Request createInstance() {
        return new Request(new Stamp(0, 0, 0, null), 0, false);
    }

    @Override
    public void serialize(Request request, DataOutputView out) throws IOException {
        request.stamp().writeTo(out);
        out.writeLong(request.micros());
        out.writeBoolean(request.failed());
    }

    @Override
    public Request deserialize(DataInputView in) throws IOException {
        return new Request(Stamp.readFrom(in), in.readLong(), in.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<Request> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Request> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
