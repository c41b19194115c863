package io.millrace.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.serde.SampleTable;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowSchemaSerializerTest {

    private final RowSchema users = users();

    @Test
    void readsBothTextsAsTheyWere() throws IOException {
        RowSchema read = requireNonNull(read(written(users)));

        assertThat(read.key()).isEqualTo(users.key());
        assertThat(read.value()).isEqualTo(users.value());
        assertThat(read).isEqualTo(users).hasSameHashCodeAs(users);
    }

    @Test
    void readsEmptyTextsAndNone() throws IOException {
        RowSchema bare = new RowSchema(new byte[0], new byte[0]);

        assertThat(read(written(bare))).isEqualTo(bare);
        assertThat(read(written(null))).isNull();
    }

    @Test
    void isAFractionOfTheTextsAndOneInstanceWhoeverWroteIt() throws IOException {
        byte[] written = written(users);

        assertThat(written.length).isLessThan((users.key().length + users.value().length) / 5);
        assertThat(read(written)).isSameAs(read(written(users()))).isSameAs(read(asEarlierReleasesWrote(users)));
    }

    @Test
    void tellsSchemasApartThatDifferInTheKeyAlone() throws IOException {
        RowSchema keyless = new RowSchema(new byte[0], users.value());

        assertThat(read(written(keyless))).isNotEqualTo(users).isEqualTo(keyless);
    }

    @Test
    void readsTheFormsOfColumnsAndTellsSchemasApartByThem() throws IOException {
        RowSchema formed = formed(-5);

        assertThat(requireNonNull(read(written(formed))).forms()).isEqualTo(formed.forms());
        assertThat(read(written(formed)))
                .isSameAs(read(written(formed(-5))))
                .isEqualTo(formed)
                .isNotEqualTo(users)
                .isNotEqualTo(formed(-6));
        assertThat(requireNonNull(read(written(users))).forms()).isNull();
    }

    private RowSchema formed(int altered) {
        ColumnForms forms = new ColumnForms(
                900, Map.of("größe", new ColumnForms.Form(25, altered), "a", new ColumnForms.Form(-1, 7)));
        return new RowSchema(users.key(), users.value(), forms);
    }

    @Test
    void readsWhatEarlierReleasesWrote() throws IOException {
        RowSchema text = new RowSchema("{\"a\":1}".getBytes(UTF_8), "{\"b\":2}".getBytes(UTF_8));

        assertThat(read(asEarlierReleasesWrote(text))).isEqualTo(text);
    }

    private static RowSchema users() {
        SampleTable table = new SampleTable().key("id", "INT8", SchemaBuilder.int64());
        for (int i = 0; i < 10; i++) {
            table.column("column_" + i, "TEXT", SchemaBuilder.string());
        }
        return table.schema();
    }

    private static byte[] written(@Nullable RowSchema schema) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        RowSchemaSerializer.serialize(schema, out);
        return out.getCopyOfBuffer();
    }

    /** Two byte arrays, each after its length. */
    private static byte[] asEarlierReleasesWrote(RowSchema schema) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        for (byte[] text : new byte[][] {schema.key(), schema.value()}) {
            out.writeInt(text.length);
            out.write(text);
        }
        return out.getCopyOfBuffer();
    }

    private static @Nullable RowSchema read(byte[] written) throws IOException {
        return RowSchemaSerializer.deserialize(new DataInputDeserializer(written));
    }
}
