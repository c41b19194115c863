package io.millrace.common.source.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            string |         | a"b\\ü€😀              | "a\\"b\\\\ü€\\uD83D\\uDE00"
            bytes  |         | \\x00ff5c27            | "AP9cJw=="
            bytes  |         | \\x                    | ""
            bytes  |         | \\000\\377\\\\'          | "AP9cJw=="
            array  | boolean | {t,f,NULL}            | [true,false,null]
            array  | int16   | {-32768,NULL}         | [-32768,null]
            array  | int32   | {{1,2},{3,4}}         | [[1,2],[3,4]]
            array  | int64   | {9223372036854775807} | [9223372036854775807]
            array  | float   | {0.1,NaN}             | [0.1,"NaN"]
            array  | double  | {0.1,-Infinity}       | [0.1,"-Infinity"]
            array  | string  | {"a,b",NULL,"NULL"}   | ["a,b",null,"NULL"]
            array  | string  | {}                    | []
            """)
    void writesWhatPostgresPrintsAsTheCaptureDoes(String type, String element, String text, String json)
            throws Exception {
        assertThat(new String(ColumnJson.of(text, type(type, element)), UTF_8)).isEqualTo(json);
    }

    @Test
    void writesNullAsNullWhateverTheType() throws Exception {
        assertThat(ColumnJson.of(null, type("bytes", ""))).asString(UTF_8).isEqualTo("null");
        assertThat(ColumnJson.of(null, type("array", "int32"))).asString(UTF_8).isEqualTo("null");
    }

    @Test
    void refusesWhatIsNoArray() {
        assertThatIllegalArgumentException().isThrownBy(() -> ColumnJson.of("1", type("array", "int32")));
    }

    private static RowTypes.Type type(String type, String element) {
        return new RowTypes.Type(type, "", element == null ? "" : element);
    }
}
