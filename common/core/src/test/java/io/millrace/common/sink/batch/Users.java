package io.millrace.common.sink.batch;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Rows of a table whose keys and versions count from 1 on, each the image of one. */
public final class Users implements GeneratorFunction<Long, RowChange> {

    private static final long serialVersionUID = 1L;

    private final byte[] image;

    public Users(RowChange image) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        RowChangeSerializer.INSTANCE.serialize(image, out);
        this.image = out.getCopyOfBuffer();
    }

    @Override
    public RowChange map(Long index) throws IOException {
        RowChange one = RowChangeSerializer.INSTANCE.deserialize(new DataInputDeserializer(image));
        long id = index + 1;
        byte[] key = ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8);
        byte[] row = ("{\"id\":" + id + ",\"name\":\"n" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        return new RowChange(
                one.table(), one.operation(), id, key, null, row, one.schema(), one.source(), one.origin());
    }
}
