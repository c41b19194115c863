package io.millrace.common.source.postgres.pgoutput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Postgres prints, as JSON. */
class PrintedFormTest {

    private final JsonBytes json = new JsonBytes();

    @Test
    void writesTextNumbersAndTruth() {
        assertThat(json(Schema.STRING_SCHEMA, "é\"")).isEqualTo("\"é\\\"\"");
        assertThat(json(Schema.INT64_SCHEMA, "-7")).isEqualTo("-7");
        assertThat(json(Schema.BOOLEAN_SCHEMA, "t")).isEqualTo("true");
        assertThat(json(Schema.BOOLEAN_SCHEMA, "f")).isEqualTo("false");
        assertThat(json(Schema.FLOAT32_SCHEMA, "1.1")).isEqualTo("1.1");
        assertThat(json(Schema.FLOAT64_SCHEMA, "1e+300")).isEqualTo("1.0E300");
        assertThat(json(named(SchemaBuilder.string(), "io.debezium.data.Json"), "[1]"))
                .isEqualTo("\"[1]\"");
    }

    @ParameterizedTest
    @CsvSource({
        "Date, 1970-01-02, 1",
        "Time, 00:00:01.5, 1500",
        "MicroTime, 00:00:01.5, 1500000",
        "MicroTimestamp, 1970-01-01 00:00:00.000001, 1",
        "MicroTimestamp, 1969-12-31 23:59:59.999999, -1",
        "Timestamp, 1970-01-01 00:00:00.001999, 1",
        "Timestamp, 1969-12-31 23:59:59.999999, -1"
    })
    void countsTimesFrom1970(String type, String printed, String number) {
        assertThat(json(named(SchemaBuilder.int64(), "io.debezium.time." + type), printed))
                .isEqualTo(number);
    }

    @Test
    void writesATimeInUtcAsIso() {
        Schema zoned = named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp");

        assertThat(json(zoned, "2026-01-31 23:59:59.5+00")).isEqualTo("\"2026-01-31T23:59:59.5Z\"");
        assertThat(json(zoned, "2026-01-31 23:59:59+01")).isNull();
    }

    @Test
    void leavesValuesThatAreNotPlain() {
        assertThat(json(Schema.FLOAT32_SCHEMA, "NaN")).isNull();
        assertThat(json(Schema.FLOAT64_SCHEMA, "-Infinity")).isNull();
        assertThat(json(named(SchemaBuilder.int32(), "io.debezium.time.Date"), "infinity"))
                .isNull();
        assertThat(json(named(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"), "0044-03-15 12:00:00 BC"))
                .isNull();
        assertThat(PrintedForm.TEXT.write(new byte[] {(byte) 0xc3, '('}, 0, 2, json))
                .as("no UTF-8")
                .isFalse();
    }

    @Test
    void leavesTypesOfWhichNoValueIs() {
        assertThat(PrintedForm.of(Schema.BYTES_SCHEMA)).isNull();
        assertThat(PrintedForm.of(named(SchemaBuilder.int64(), "io.debezium.time.MicroDuration")))
                .isNull();
        assertThat(PrintedForm.of(SchemaBuilder.array(Schema.STRING_SCHEMA).build()))
                .isNull();
    }

    private static Schema named(SchemaBuilder type, String name) {
        return type.name(name).build();
    }

    /** Returns null for a value that is not plain. */
    private @Nullable String json(Schema type, String printed) {
        PrintedForm form = Objects.requireNonNull(PrintedForm.of(type));
        byte[] source = ("<" + printed + ">").getBytes(UTF_8);
        boolean plain = form.write(source, 1, source.length - 2, json.clear());
        return plain ? new String(json.toBytes(), UTF_8) : null;
    }
}
