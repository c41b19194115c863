package io.millrace.analytics.model;

import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link PageTally}: two numbers, and the compact sketch. */
public final class PageTallySerializer extends MutableSerializer<PageTally> {

    private static final long serialVersionUID = 1L;

    static final PageTallySerializer INSTANCE = new PageTallySerializer();

    public static final TypeInformation<PageTally> TYPE = new ValueTypeInfo<>(PageTally.class, INSTANCE) {};

    @Override
    public PageTally createInstance() {
        return PageTally.empty(4);
    }

    @Override
    public PageTally copy(PageTally from) {
        return from.copy();
    }

    @Override
    public void serialize(PageTally tally, DataOutputView out) throws IOException {
        tally.writeTo(out);
    }

    @Override
    public PageTally deserialize(DataInputView in) throws IOException {
        return PageTally.readFrom(in);
    }

    @Override
    public TypeSerializerSnapshot<PageTally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PageTally> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
