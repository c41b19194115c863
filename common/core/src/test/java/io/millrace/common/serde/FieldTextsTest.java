package io.millrace.common.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.common.failure.DataException;
import org.junit.jupiter.api.Test;

class FieldTextsTest {

    @Test
    void givesEveryFieldAsTextInItsOrder() throws DataException {
        String document =
                "{\"id\":9223372036854775807,\"a\":\"x\\r\\n\",\"b\":null,\"c\":true,\"d\":[1,{\"e\":\"f\"}]}";

        assertThat(FieldTexts.of(document.getBytes(UTF_8)))
                .containsExactly(
                        entry("id", "9223372036854775807"),
                        entry("a", "x\r\n"),
                        entry("b", null),
                        entry("c", "true"),
                        entry("d", "[1,{\"e\":\"f\"}]"));
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThatThrownBy(() -> FieldTexts.of("[1]".getBytes(UTF_8))).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> FieldTexts.of("{".getBytes(UTF_8))).isInstanceOf(DataException.class);
    }
}
