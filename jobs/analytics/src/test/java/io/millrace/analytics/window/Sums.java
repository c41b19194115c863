package io.millrace.analytics.window;

import io.millrace.analytics.event.Visit;
import io.millrace.common.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Adds up the visitors, as if they were amounts: which events were counted shows in the sum. */
final class Sums extends Tally<Visit, Sums> {

    static final TallyKind<Sums> KIND = new Kind();

    private long sum;

    private record Kind() implements TallyKind<Sums> {

        @Override
        public Sums empty() {
            return new Sums();
        }

        @Override
        public TypeInformation<Sums> type() {
            return new ValueTypeInfo<>(Sums.class, new Serializer()) {};
        }
    }

    @Override
    protected void count(Visit visit) {
        sum += visit.visitor();
    }

    @Override
    protected void countAll(Sums other) {
        sum += other.sum;
    }

    long sum() {
        return sum;
    }

    /** Copies, so that state which is changed in place would be noticed. */
    public static final class Serializer extends TypeSerializerSingleton<Sums> {

        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public Sums createInstance() {
            return new Sums();
        }

        @Override
        public Sums copy(Sums from) {
            Sums copy = new Sums();
            copy.copyCounts(from);
            copy.sum = from.sum;
            return copy;
        }

        @Override
        public Sums copy(Sums from, Sums reuse) {
            return copy(from);
        }

        @Override
        public int getLength() {
            return 24;
        }

        @Override
        public void serialize(Sums sums, DataOutputView out) throws IOException {
            sums.writeCounts(out);
            out.writeLong(sums.sum);
        }

        @Override
        public Sums deserialize(DataInputView in) throws IOException {
            Sums sums = new Sums();
            sums.readCounts(in);
            sums.sum = in.readLong();
            return sums;
        }

        @Override
        public Sums deserialize(Sums reuse, DataInputView in) throws IOException {
            return deserialize(in);
        }

        @Override
        public void copy(DataInputView in, DataOutputView out) throws IOException {
            serialize(deserialize(in), out);
        }

        @Override
        public TypeSerializerSnapshot<Sums> snapshotConfiguration() {
            return new Snapshot();
        }

        /** For Flink. */
        public static final class Snapshot extends SimpleTypeSerializerSnapshot<Sums> {
            public Snapshot() {
                super(Serializer::new);
            }
        }
    }
}
