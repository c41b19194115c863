package io.millrace.common.sink.redis;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeSerializer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/**
 * Writes buffered entries, and sweeps that are not done, as the changes they were made from. Restored, they are converted again, by the routes as
 * they are configured then.
 */
final class RedisStateSerializer extends AsyncSinkWriterStateSerializer<RedisEntry> {

    private static final int VERSION = 1;

    private final RowChangeConverter converter;

    RedisStateSerializer(RowChangeConverter converter) {
        this.converter = converter;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public BufferedRequestState<RedisEntry> deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("the savepoint holds writes to redis in version " + version + " of their form, and"
                    + " this release reads version " + VERSION + "; restore it with the release that wrote it");
        }
        return super.deserialize(version, serialized);
    }

    @Override
    protected void serializeRequestToStream(RedisEntry entry, DataOutputStream out) throws IOException {
        RowChangeSerializer.INSTANCE.serialize(entry.change(), new DataOutputViewStreamWrapper(out));
    }

    @Override
    protected RedisEntry deserializeRequestFromStream(long size, DataInputStream in) throws IOException {
        RowChange change = RowChangeSerializer.INSTANCE.deserialize(new DataInputViewStreamWrapper(in));
        return change.isSweep() ? RedisEntry.sweep(change) : converter.convert(change);
    }
}
