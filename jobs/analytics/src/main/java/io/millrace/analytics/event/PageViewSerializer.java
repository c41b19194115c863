package io.millrace.analytics.event;

import io.millrace.common.type.ValueSerializer;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link PageView}. */
public final class PageViewSerializer extends ValueSerializer<PageView> {

    private static final long serialVersionUID = 1L;

    public static final PageViewSerializer INSTANCE = new PageViewSerializer();

    public static final TypeInformation<PageView> TYPE = new ValueTypeInfo<>(PageView.class, INSTANCE) {};

    @Override
    public PageView createInstance() {
        return new PageView("", VisitSerializer.INSTANCE.createInstance(), null);
    }

    @Override
    public void serialize(PageView view, DataOutputView out) throws IOException {
        StringSerializer.INSTANCE.serialize(view.pageUrl(), out);
        VisitSerializer.INSTANCE.serialize(view.visit(), out);
        StringSerializer.INSTANCE.serialize(view.sessionId(), out);
    }

    @Override
    public PageView deserialize(DataInputView in) throws IOException {
        return new PageView(
                StringSerializer.INSTANCE.deserialize(in),
                VisitSerializer.INSTANCE.deserialize(in),
                StringSerializer.INSTANCE.deserialize(in));
    }

    @Override
    public TypeSerializerSnapshot<PageView> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints; restored by name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PageView> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
