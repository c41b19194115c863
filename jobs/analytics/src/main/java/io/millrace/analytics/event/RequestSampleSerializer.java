package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link RequestSample}. */
public final class RequestSampleSerializer extends ValueSerializer<RequestSample> {

    private static final long serialVersionUID = 1L;

    public static final RequestSampleSerializer INSTANCE = new RequestSampleSerializer();

    public static final TypeInformation<RequestSample> TYPE = new ValueTypeInfo<>(RequestSample.class, INSTANCE) {};

    @Override
    public RequestSample createInstance() {
        return new RequestSample(new Stamp(0, 0, 0, null), "", "", "", 0, 0);
    }

    @Override
    public void serialize(RequestSample sample, DataOutputView out) throws IOException {
        sample.stamp().writeTo(out);
        out.writeUTF(sample.service());
        out.writeUTF(sample.method());
        out.writeUTF(sample.route());
        out.writeInt(sample.status());
        out.writeLong(sample.micros());
    }

    @Override
    public RequestSample deserialize(DataInputView in) throws IOException {
        return new RequestSample(
                Stamp.readFrom(in), in.readUTF(), in.readUTF(), in.readUTF(), in.readInt(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<RequestSample> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RequestSample> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
