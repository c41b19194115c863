package io.millrace.common.sink.clickhouse.type;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.SampleTable;
import io.millrace.common.serde.ValueReader;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** Values as the format's page describes them; each number of bytes was counted by hand. */
class CellBytesTest {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final SchemaBuilder DATE = SchemaBuilder.int32().name("io.debezium.time.Date");
    private static final SchemaBuilder MICROS = SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp");
    private static final SchemaBuilder ZONED = SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp");
    private static final SchemaBuilder TEXT = SchemaBuilder.string();
    private static final SchemaBuilder INT = SchemaBuilder.int64();

    @Test
    void writesWholeNumbersLittleEndian() throws Exception {
        assertThat(bytes("Int16", INT, "-2")).isEqualTo("feff");
        assertThat(bytes("Int64", INT, "1")).isEqualTo("0100000000000000");
        assertThat(bytes("Int32", TEXT, "\"258\"")).isEqualTo("02010000");
    }

    @Test
    void refusesANumberThatDoesNotFit() {
        refuses("Int16", INT, "32768", "holds a number beyond 16 bits");
        refuses("Int32", TEXT, "\"twelve\"", "holds a text");
    }

    @Test
    void writesFloatsAndWhatIsNoNumber() throws Exception {
        assertThat(bytes("Float32", SchemaBuilder.float32(), "1.5")).isEqualTo("0000c03f");
        assertThat(bytes("Float64", SchemaBuilder.float64(), "\"NaN\"")).isEqualTo("000000000000f87f");
        assertThat(bytes("Float64", SchemaBuilder.float64(), "-Infinity")).isEqualTo("000000000000f0ff");
    }

    @Test
    void writesDecimalsInTheWidthOfTheirDigits() throws Exception {
        assertThat(bytes("Decimal(9, 2)", TEXT, "\"1.5\"")).isEqualTo("96000000");
        assertThat(bytes("Decimal(18, 0)", TEXT, "\"-1\"")).isEqualTo("ffffffffffffffff");
        assertThat(bytes("Decimal(38, 3)", TEXT, "\"0.256\"")).isEqualTo("0001" + "00".repeat(14));
        assertThat(bytes("Decimal(76, 1)", TEXT, "\"-0.1\"")).isEqualTo("ff".repeat(32));
    }

    @Test
    void refusesADecimalThatWouldLoseADigit() {
        refuses("Decimal(4, 2)", TEXT, "\"100\"", "holds a number of more digits");
        refuses("Decimal(4, 2)", TEXT, "\"0.001\"", "holds a number of more digits");
        refuses("Decimal(4, 2)", TEXT, "\"NaN\"", "holds NaN");
        refuses("Decimal(4, 2)", TEXT, "\"1" + "0".repeat(500) + "\"", "very many digits");
    }

    @Test
    void writesTextBehindItsLength() throws Exception {
        assertThat(bytes("String", TEXT, "\"é\"")).isEqualTo("02c3a9");
        assertThat(bytes("String", TEXT, "\"" + "a".repeat(200) + "\"")).startsWith("c801616161");
        assertThat(bytes("String", SchemaBuilder.bytes(), "\"AP8Q\"")).isEqualTo("0300ff10");
        assertThat(bytes("String", DATE, "19782"))
                .isEqualTo("0a" + HexFormat.of().formatHex("2024-02-29".getBytes(UTF_8)));
        assertThat(bytes("String", SchemaBuilder.array(TEXT.build()), "[\"a\",1]"))
                .isEqualTo("075b2261222c315d");
    }

    @Test
    void writesAUuidAsTwoHalves() throws Exception {
        assertThat(bytes("UUID", TEXT, "\"00010203-0405-0607-0809-0a0b0c0d0e0f\""))
                .isEqualTo("0706050403020100" + "0f0e0d0c0b0a0908");
        refuses("UUID", TEXT, "\"1-1-1-1-1\"", "holds a value that is no");
    }

    @Test
    void writesDatesAndTheirInfinities() throws Exception {
        assertThat(bytes("Date32", DATE, "-1")).isEqualTo("ffffffff");
        assertThat(bytes("Date32", DATE, "2147483647")).isEqualTo(bytes("Date32", DATE, "120529"));
        assertThat(bytes("Date32", DATE, "-2147483648")).isEqualTo(bytes("Date32", DATE, "-25567"));
        refuses("Date32", DATE, "120530", "outside of the years 1900 to 2299");
        refuses("Date32", DATE, "-25568", "outside of the years 1900 to 2299");
    }

    @Test
    void writesTimesInUtcAndTheirInfinities() throws Exception {
        String type = "DateTime64(6, 'UTC')";
        assertThat(bytes(type, MICROS, "-1")).isEqualTo("ff".repeat(8));
        assertThat(bytes(type, ZONED, "\"1970-01-01T00:00:00.000258Z\"")).isEqualTo("0201" + "00".repeat(6));
        assertThat(bytes(type, ZONED, "\"1970-01-01T02:00:00+02:00\"")).isEqualTo("00".repeat(8));
        assertThat(bytes(type, MICROS, "9223372036825200000"))
                .isEqualTo(bytes(type, ZONED, "\"+294247-01-10T04:00:25.2Z\""))
                .isEqualTo(bytes(type, ZONED, "\"2299-12-31T23:59:59.999999Z\""));
        assertThat(bytes(type, ZONED, "\"-290308-12-21T19:59:27.6Z\""))
                .isEqualTo(bytes(type, ZONED, "\"1900-01-01T00:00:00Z\""));
        refuses(type, ZONED, "\"2300-01-01T00:00:00Z\"", "outside of the years 1900 to 2299");
        refuses("DateTime64(3, 'UTC')", MICROS, "1", "holds a time of more digits");
        refuses(type, INT, "5", "holds a value that is no");
    }

    @Test
    void writesListsAndNulls() throws Exception {
        SchemaBuilder list =
                SchemaBuilder.array(SchemaBuilder.int32().optional().build());
        assertThat(bytes("Array(Nullable(Int32))", list, "[7,null]")).isEqualTo("02" + "0007000000" + "01");
        assertThat(bytes("Array(Nullable(Int32))", list, "null")).isEqualTo("00");
        assertThat(bytes("Nullable(Int16)", INT, "null")).isEqualTo("01");
        refuses("Array(Nullable(Int32))", list, "[[1]]", "holds a list of lists");
    }

    @Test
    void keepsNanosecondsWithinWhatTheyReach() throws Exception {
        String type = "DateTime64(9, 'UTC')";
        refuses(type, ZONED, "\"2270-01-01T00:00:00Z\"", "outside of the years 1900 to 2261");
        assertThat(bytes(type, MICROS, "9223372036825200000")).endsWith("7f");
        assertThat(bytes(type, MICROS, "1")).isEqualTo("e803" + "00".repeat(6));
    }

    @Test
    void takesNoTimeForANumber() {
        refuses("Int64", MICROS, "5", "holds no whole number");
        refuses("Int32", DATE, "5", "holds no whole number");
        refuses("Decimal(20, 0)", MICROS, "5", "holds no number");
        refuses("Float64", MICROS, "5", "holds no number");
    }

    @Test
    void takesAnExactNumberForAFloatOnlyIfItIsOne() throws Exception {
        assertThat(bytes("Float64", INT, "9007199254740992")).isEqualTo("0000000000004043");
        refuses("Float64", INT, "9007199254740993", "holds a number of more digits");
        refuses("Float64", TEXT, "\"1e999\"", "holds a number of more digits");
        refuses("Float32", SchemaBuilder.float64(), "0.1", "holds a number of more bits");
        assertThat(bytes("Float32", SchemaBuilder.float64(), "0.5")).isEqualTo("0000003f");
    }

    @Test
    void takesNoNullIntoAListThatHoldsNone() {
        SchemaBuilder list =
                SchemaBuilder.array(SchemaBuilder.string().optional().build());
        refuses("Array(String)", list, "[\"a\",null]", "holds a list with null in it");
    }

    private static void refuses(String type, SchemaBuilder column, String json, String why) {
        assertThatThrownBy(() -> bytes(type, column, json))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("column \"c\" holds ")
                .hasMessageContaining(why);
    }

    private static String bytes(String type, SchemaBuilder schema, String json) throws Exception {
        SampleTable table =
                new SampleTable().column("c", schema.type() == Schema.Type.BYTES ? "BYTEA" : "X", copy(schema));
        Column column = Objects.requireNonNull(Columns.ofRow(table.schema()).get("c"));
        RowBinary out = new RowBinary(0);
        try (JsonParser row = JSON.createParser(json)) {
            row.nextToken();
            CellTypes.parse(type).orElseThrow().write(row, column, new ValueReader(true), out);
        }
        return HexFormat.of().formatHex(out.toByteArray());
    }

    /** A builder can be made a column only once. */
    private static SchemaBuilder copy(SchemaBuilder type) {
        SchemaBuilder copy = type.type() == Schema.Type.ARRAY
                ? SchemaBuilder.array(type.valueSchema())
                : new SchemaBuilder(type.type());
        return type.name() == null ? copy : copy.name(type.name());
    }
}
