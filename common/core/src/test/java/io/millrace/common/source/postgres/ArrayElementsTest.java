package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayElementsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1000 | BOOLEAN | {t,f,NULL}      | [true, false, null]
            1005 | INT16   | {-32768,NULL}   | [-32768, null]
            1007 | INT32   | {2147483647}    | [2147483647]
            1016 | INT64   | {-9223372036854775808} | [-9223372036854775808]
            1028 | INT64   | {4294967295}    | [4294967295]
            1021 | FLOAT32 | {1.5,NaN}       | [1.5, NaN]
            1022 | FLOAT64 | {-Infinity,0.1} | [-Infinity, 0.1]
            1231 | STRING  | {1.10,NaN}      | [1.10, NaN]
            3807 | STRING  | {1,NULL}        | [1, null]
            2951 | STRING  | {a-b}           | [a-b]
            99999 | STRING | {new,old}       | [new, old]
            """)
    void readsElementsAsTheirTypeIs(int oid, Schema.Type type, String text, String values) {
        ArrayElements elements = ArrayElements.of(oid);

        assertThat(elements.schema().type()).isEqualTo(type);
        assertThat(elements.schema().isOptional()).isTrue();
        assertThat(elements.parse(text)).hasToString(values);
    }

    @Test
    void namesWhatJsonAndUuidsMean() {
        assertThat(ArrayElements.of(199).schema().name()).isEqualTo("io.debezium.data.Json");
        assertThat(ArrayElements.of(3807).schema().name()).isEqualTo("io.debezium.data.Json");
        assertThat(ArrayElements.of(2951).schema().name()).isEqualTo("io.debezium.data.Uuid");
    }

    @Test
    void anArrayOfArraysIsEmptyForConnectAndKeepsItsRows() {
        List<?> values = ArrayElements.of(1007).parse("{{1,NULL},{3,4}}");

        assertThat(values).isEmpty();
        assertThat(((ArrayElements.Nested) values).rows()).isEqualTo(List.of(Arrays.asList(1, null), List.of(3, 4)));
    }
}
