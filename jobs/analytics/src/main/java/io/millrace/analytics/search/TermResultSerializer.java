package io.millrace.analytics.search;

import io.millrace.analytics.model.StateForm;
import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link TermResult}. */
final class TermResultSerializer extends ValueSerializer<TermResult> {

    private static final long serialVersionUID = 1L;

    private static final int FORM = 1;

    static final TermResultSerializer INSTANCE = new TermResultSerializer();

    static final TypeInformation<TermResult> TYPE = new ValueTypeInfo<>(TermResult.class, INSTANCE) {};

    @Override
    public TermResult createInstance() {
        return new TermResult(0, "", 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void serialize(TermResult result, DataOutputView out) throws IOException {
        StateForm.write(FORM, out);
        out.writeLong(result.start());
        out.writeUTF(result.term());
        out.writeLong(result.searches());
        out.writeLong(result.users());
        out.writeLong(result.empty());
        out.writeLong(result.clicked());
        out.writeLong(result.events());
        out.writeLong(result.late());
    }

    @Override
    public TermResult deserialize(DataInputView in) throws IOException {
        StateForm.read(FORM, in);
        return new TermResult(
                in.readLong(),
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<TermResult> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TermResult> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
