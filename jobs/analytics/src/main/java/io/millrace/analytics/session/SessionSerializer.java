package io.millrace.analytics.session;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Session}. */
final class SessionSerializer extends ValueSerializer<Session> {

    private static final long serialVersionUID = 1L;

    static final SessionSerializer INSTANCE = new SessionSerializer();

    static final TypeInformation<Session> TYPE = new ValueTypeInfo<>(Session.class, INSTANCE) {};

    @Override
    public Session createInstance() {
        return Session.of(StepSerializer.INSTANCE.createInstance(), false);
    }

    @Override
    public void serialize(Session session, DataOutputView out) throws IOException {
        session.writeTo(out);
    }

    @Override
    public Session deserialize(DataInputView in) throws IOException {
        return Session.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<Session> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Session> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
