package io.millrace.analytics.window;

import io.millrace.common.type.ValueSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Binary form of {@link Bundle}: the key once, and the events behind each other.
 *
 * @param <E> the events
 */
public abstract class BundleSerializer<E> extends ValueSerializer<Bundle<E>> {

    private static final long serialVersionUID = 1L;

    private final ValueSerializer<E> events;

    protected BundleSerializer(ValueSerializer<E> events) {
        this.events = events;
    }

    @Override
    public final Bundle<E> createInstance() {
        return new Bundle<>("", 0, List.of());
    }

    @Override
    public final void serialize(Bundle<E> bundle, DataOutputView out) throws IOException {
        StringSerializer.INSTANCE.serialize(bundle.key(), out);
        out.writeLong(bundle.slice());
        out.writeInt(bundle.events().size());
        for (E event : bundle.events()) {
            events.serialize(event, out);
        }
    }

    @Override
    public final Bundle<E> deserialize(DataInputView in) throws IOException {
        String key = StringSerializer.INSTANCE.deserialize(in);
        long slice = in.readLong();
        int count = in.readInt();
        List<E> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            read.add(events.deserialize(in));
        }
        return new Bundle<>(key, slice, read);
    }
}
