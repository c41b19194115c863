package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', nullValues = "-", textBlock = """
            int64   | -                             | -9223372036854775808 | -9223372036854775808
            boolean | -                             | true                 | true
            double  | -                             | 0.1                  | 0.1
            double  | -                             | "NaN"                | NaN
            string  | -                             | "a\\"b"              | a"b
            bytes   | -                             | "AP8="               | \\x00ff
            bytes   | -                             | ""                   | \\x
            int32   | io.debezium.time.Date         | 19782                | 2024-02-29
            int32   | io.debezium.time.Date         | -1                   | 1969-12-31
            int32   | io.debezium.time.Date         | 2932897              | 10000-01-01
            int32   | io.debezium.time.Date         | -719529              | 0002-12-31 BC
            int32   | io.debezium.time.Time         | 36672123             | 10:11:12.123
            int64   | io.debezium.time.MicroTime    | 36672123456          | 10:11:12.123456
            int64   | io.debezium.time.MicroTime    | 0                    | 00:00
            int64   | io.debezium.time.MicroTime    | 86400000000          | 24:00
            int64   | io.debezium.time.Timestamp    | 1709201472123        | 2024-02-29T10:11:12.123
            int64   | io.debezium.time.Timestamp    | -1                   | 1969-12-31T23:59:59.999
            int64   | io.debezium.time.MicroTimestamp | 1709201472123456   | 2024-02-29T10:11:12.123456
            int64   | io.debezium.time.MicroTimestamp | -1                 | 1969-12-31T23:59:59.999999
            int64   | io.debezium.time.MicroTimestamp | 253402300800000000 | 10000-01-01T00:00
            int64   | io.debezium.time.MicroTimestamp | -62167219200000001 | 0002-12-31T23:59:59.999999 BC
            string  | io.debezium.time.ZonedTimestamp | "2024-02-29T08:11:12.123456Z" | 2024-02-29T08:11:12.123456Z
            """)
    void printsAKeyAsPostgresReadsIt(String type, String name, String json, String text) throws Exception {
        assertThat(KeyText.of(new ObjectMapper().readTree(json), new RowTypes.Type(type, name == null ? "" : name, "")))
                .isEqualTo(text);
    }
}
