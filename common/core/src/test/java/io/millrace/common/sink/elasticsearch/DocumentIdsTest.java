package io.millrace.common.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.failure.DataException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentIdsTest {

    private static String id(String... values) throws DataException {
        Map<String, String> key = new LinkedHashMap<>();
        IntStream.range(0, values.length).forEach(i -> key.put("c" + i, values[i]));
        return DocumentIds.of(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "-9223372036854775808", "a|b", "../x", "a\r\nb", "a\u0000b", "\"; DROP", "Zoë 😀", "e", " "
            })
    void isTheValueOfASingleColumn(String value) throws DataException {
        assertThat(id(value)).isEqualTo(value);
    }

    @Test
    void keepsWhatWouldLookLikeItsOwnNotationApart() throws DataException {
        assertThat(id("")).isEqualTo("\\e");
        assertThat(id("\\e")).isEqualTo("\\\\e");
        assertThat(id("\\sha256:00")).isEqualTo("\\\\sha256:00");
    }

    @Test
    void joinsSeveralColumns() throws DataException {
        assertThat(id("acme", "7")).isEqualTo("acme|7");
        assertThat(id("a|b", "c\\")).isEqualTo("a\\|b|c\\\\");
        assertThat(id("", "")).isEqualTo("|");
    }

    @Test
    void neverGivesTwoKeysTheSameId() throws DataException {
        Random random = new Random(3);
        for (int columns = 1; columns <= 3; columns++) {
            Map<String, List<String>> keys = new HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                List<String> key = IntStream.range(0, columns)
                        .mapToObj(c -> hostile(random))
                        .toList();
                List<String> other = keys.put(id(key.toArray(new String[0])), key);
                assertThat(other).isIn(null, key);
            }
        }
    }

    private static String hostile(Random random) {
        String[] parts = {"\\", "|", "e", "\\e", "", "a", "\\sha256:", "x".repeat(200)};
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            value.append(parts[random.nextInt(parts.length)]);
        }
        return value.toString();
    }

    @Test
    void isAHashBeyondTheLengthElasticsearchAllows() throws DataException {
        assertThat(id("x".repeat(512))).hasSize(512);
        assertThat(id("x".repeat(513))).startsWith("\\sha256:").hasSize(8 + 64);
        assertThat(id("é".repeat(256))).hasSize(256);
        assertThat(id("é".repeat(257))).startsWith("\\sha256:").isNotEqualTo(id("é".repeat(258)));
    }

    @Test
    void refusesAKeyThatNamesNoRow() {
        Map<String, String> withNull = new HashMap<>();
        withNull.put("id", null);

        assertThatThrownBy(() -> DocumentIds.of(withNull))
                .isInstanceOf(DataException.class)
                .hasMessage("key column \"id\" is null; a document needs an id");
        assertThatThrownBy(() -> DocumentIds.of(Map.of())).isInstanceOf(DataException.class);
    }
}
