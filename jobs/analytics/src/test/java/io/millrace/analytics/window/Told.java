package io.millrace.analytics.window;

import io.millrace.common.type.ValueSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A result of {@link Sums}. */
record Told(String key, long start, long end, long events, long late, long sum) {

    static final WindowForm<Sums, Told> FORM = (window, sums) ->
            new Told(window.key(), window.start(), window.end(), sums.events(), sums.late(), sums.sum());

    /** Never used: results are not sent anywhere. */
    public static final class Serializer extends ValueSerializer<Told> {

        @Override
        public Told createInstance() {
            return new Told("", 0, 0, 0, 0, 0);
        }

        @Override
        public void serialize(Told told, DataOutputView out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Told deserialize(DataInputView in) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TypeSerializerSnapshot<Told> snapshotConfiguration() {
            return new SimpleTypeSerializerSnapshot<>(Serializer::new) {};
        }
    }
}
