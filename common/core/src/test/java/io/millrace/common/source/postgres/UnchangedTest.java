package io.millrace.common.source.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnchangedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a":{"unchanged":true}}              | true
            {"a":1,"b":{"unchanged":true},"c":2}  | true
            {"a":{"unchanged":false}}             | false
            {"a":"unchanged"}                     | false
            {"unchanged":true,"b":1}              | false
            {}                                    | false
            {"a":{"unchanged":tru                 | false
            """)
    void isFoundWhereAValueIs(String row, boolean found) {
        assertThat(Unchanged.isIn(row.getBytes(UTF_8))).isEqualTo(found);
    }

    @Test
    void isNotFoundInATextThatLooksLikeIt() throws Exception {
        byte[] row = new ObjectMapper().writeValueAsBytes(Map.of("a", Unchanged.JSON, "b", "{" + Unchanged.JSON));

        assertThat(Unchanged.isIn(row)).isFalse();
    }

    @Test
    void theArrayThatStandsForItIsEmptyForConnect() {
        assertThat(Unchanged.ARRAY).isEmpty();
    }
}
