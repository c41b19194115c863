package io.millrace.common.source.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

class ConnectJsonTest {

    private static final String PLACEHOLDER = "unavailable-7";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ConnectJson json = new ConnectJson(PLACEHOLDER);

    @Test
    void writesWhatConnectsOwnConverterWrites() throws Exception {
        Schema inner = SchemaBuilder.struct()
                .field("x", Schema.INT32_SCHEMA)
                .optional()
                .build();
        Schema schema = SchemaBuilder.struct()
                .field("i8", Schema.INT8_SCHEMA)
                .field("i16", Schema.INT16_SCHEMA)
                .field("i32", Schema.INT32_SCHEMA)
                .field("i64", Schema.INT64_SCHEMA)
                .field("f32", Schema.FLOAT32_SCHEMA)
                .field("f64", Schema.FLOAT64_SCHEMA)
                .field("nan", Schema.FLOAT64_SCHEMA)
                .field("yes", Schema.BOOLEAN_SCHEMA)
                .field("a\"b\n", Schema.STRING_SCHEMA)
                .field("none", Schema.OPTIONAL_STRING_SCHEMA)
                .field("bytes", Schema.BYTES_SCHEMA)
                .field("list", SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build())
                .field(
                        "map",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA)
                                .build())
                .field("inner", inner)
                .build();
        Struct struct = new Struct(schema)
                .put("i8", (byte) -1)
                .put("i16", Short.MIN_VALUE)
                .put("i32", Integer.MAX_VALUE)
                .put("i64", Long.MIN_VALUE)
                .put("f32", 0.1f)
                .put("f64", -1.5e300)
                .put("nan", Double.NaN)
                .put("yes", true)
                .put("a\"b\n", "ü€😀\u0001\"\\")
                .put("bytes", new byte[] {0, -1, 92})
                .put("list", Arrays.asList(1, null, 3))
                .put("map", Map.of("k", 7L))
                .put("inner", new Struct(inner).put("x", 5));

        assertThat(MAPPER.readTree(json.write(struct))).isEqualTo(MAPPER.readTree(converter(schema, struct)));
    }

    @Test
    void aNullStaysNullWhereTheColumnHasADefault() throws Exception {
        Schema schema = SchemaBuilder.struct()
                .field("a", SchemaBuilder.int32().optional().defaultValue(7).build())
                .build();
        Struct struct = new Struct(schema).put("a", null);

        assertThat(write(struct)).isEqualTo("{\"a\":null}");
        assertThat(new String(converter(schema, struct), UTF_8)).isEqualTo("{\"a\":7}");
    }

    @Test
    void marksValuesThatWereNotSent() throws Exception {
        Schema schema = SchemaBuilder.struct()
                .field("text", Schema.STRING_SCHEMA)
                .field("near", Schema.STRING_SCHEMA)
                .field("bytes", Schema.BYTES_SCHEMA)
                .field("buffer", Schema.BYTES_SCHEMA)
                .field("list", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .field("empty", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .build();
        Struct struct = new Struct(schema)
                .put("text", PLACEHOLDER)
                .put("near", PLACEHOLDER + " ")
                .put("bytes", PLACEHOLDER.getBytes(UTF_8))
                .put("buffer", ByteBuffer.wrap(PLACEHOLDER.getBytes(UTF_8)))
                .put("list", Unchanged.ARRAY)
                .put("empty", List.of());

        assertThat(write(struct))
                .isEqualTo("{\"text\":{\"unchanged\":true},\"near\":\"unavailable-7 \",\"bytes\":{\"unchanged\":true},"
                        + "\"buffer\":{\"unchanged\":true},\"list\":{\"unchanged\":true},\"empty\":[]}");
    }

    @Test
    void writesABufferTwiceTheSame() throws Exception {
        Schema schema = SchemaBuilder.struct().field("b", Schema.BYTES_SCHEMA).build();
        Struct struct = new Struct(schema).put("b", ByteBuffer.wrap(new byte[] {9, 1, 2}, 1, 2));

        assertThat(write(struct)).isEqualTo("{\"b\":\"AQI=\"}").isEqualTo(write(struct));
    }

    @Test
    void writesArraysOfArraysAsTheyAre() throws Exception {
        Schema schema = SchemaBuilder.struct()
                .field("grid", SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build())
                .build();
        Struct struct = new Struct(schema).put("grid", ArrayElements.of(1007).parse("{{1,NULL},{3,4}}"));

        assertThat(write(struct)).isEqualTo("{\"grid\":[[1,null],[3,4]]}");
    }

    @Test
    void writesOtherValuesInsteadOfItsOwn() throws Exception {
        Schema schema = SchemaBuilder.struct()
                .field("a", Schema.STRING_SCHEMA)
                .field("b", Schema.STRING_SCHEMA)
                .build();
        Struct struct = new Struct(schema).put("a", "1").put("b", "2");

        assertThat(new String(json.write(struct, Map.of("b", "3")), UTF_8)).isEqualTo("{\"a\":\"1\",\"b\":\"3\"}");
    }

    private String write(Struct struct) throws IOException {
        return new String(json.write(struct), UTF_8);
    }

    private static byte[] converter(Schema schema, Struct struct) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            return converter.fromConnectData("topic", schema, struct);
        }
    }
}
