package io.millrace.audit.tick;

import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** What a clock has to remember: nothing. */
record NoSplit() implements SourceSplit {

    static final SimpleVersionedSerializer<NoSplit> SERIALIZER = new Form();

    @Override
    public String splitId() {
        return "clock";
    }

    private static final class Form implements SimpleVersionedSerializer<NoSplit> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(NoSplit nothing) {
            return new byte[0];
        }

        @Override
        public NoSplit deserialize(int version, byte[] bytes) {
            return new NoSplit();
        }
    }
}
