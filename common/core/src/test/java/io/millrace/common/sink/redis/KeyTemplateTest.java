package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.failure.DataException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTemplateTest {

    @Test
    void putsColumnsBetweenItsTexts() throws Exception {
        KeyTemplate template = KeyTemplate.parse("shop:{country}:user-{id}:row");

        assertThat(template.render(Map.of("id", "7", "country", "at", "unused", "x")))
                .isEqualTo("shop:at:user-7:row");
        assertThat(template.columns()).containsExactly("country", "id");
        assertThat(template).hasToString("shop:{country}:user-{id}:row");
    }

    @Test
    void makesOneKeyOfEachPairOfValues() throws Exception {
        KeyTemplate template = KeyTemplate.parse("k:{a}x:x{b}");
        List<String> values = List.of("", "x", ":", "x:x", "%", "%3A", "a:", ":a", "}", "\u0000", "é", "e\u0301");
        Set<String> keys = new HashSet<>();
        for (String a : values) {
            for (String b : values) {
                keys.add(template.render(Map.of("a", a, "b", b)));
            }
        }

        assertThat(keys).hasSize(values.size() * values.size());
    }

    @Test
    void needsEveryColumnThatItNames() {
        KeyTemplate template = KeyTemplate.parse("user:{id}");
        Map<String, String> withNull = new HashMap<>();
        withNull.put("id", null);

        assertThatThrownBy(() -> template.render(Map.of()))
                .isInstanceOf(DataException.class)
                .hasMessage("key column \"id\" is missing; a Redis key needs it");
        assertThatThrownBy(() -> template.render(withNull))
                .isInstanceOf(DataException.class)
                .hasMessage("key column \"id\" is null; a Redis key needs it");
    }

    @Test
    void refusesAKeyThatIsTooLongAndWritesOneThatJustFits() throws Exception {
        KeyTemplate template = KeyTemplate.parse("k:{id}");
        int room = KeyTemplate.MOST_KEY_BYTES - "k:".length();

        assertThat(template.render(Map.of("id", "x".repeat(room)))).hasSize(KeyTemplate.MOST_KEY_BYTES);
        assertThatThrownBy(() -> template.render(Map.of("id", "x".repeat(room + 1))))
                .isInstanceOf(DataException.class)
                .hasMessage("the Redis key would have 16385 bytes; at most 16384 are written");
        assertThatThrownBy(() -> template.render(Map.of("id", "ü".repeat(room / 2 + 1))))
                .isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "user:1, names no column",
        "user:{id, opens a brace that it does not close",
        "user:id}, closes a brace that it did not open",
        "user:{id}}, closes a brace that it did not open",
        "user:{}, has braces without a column's name",
        "user:{a{b}, opens a brace within braces",
        "user:{a}{b}, has nothing with a colon between {a} and {b}",
        "user:{a}-{b}, has nothing with a colon between {a} and {b}",
        "user one:{id}, holds a space"
    })
    void tellsWhatIsWrongWithATemplate(String template, String problem) {
        assertThat(KeyTemplate.problemsOf(template)).singleElement().asString().startsWith(problem);
        assertThatThrownBy(() -> KeyTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the key template \"" + template + "\" " + problem);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThat(KeyTemplate.problemsOf("a b{}{c}")).hasSize(3);
        assertThat(KeyTemplate.problemsOf("line\nbreak:{id}")).hasSize(1);
        assertThat(KeyTemplate.problemsOf("user:{id}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "user:{id}, user:{name}, true",
        "user:{id}, order:{id}, false",
        "user:{id}, user:{id}:row, false",
        "user:{a}:{b}, user:x:{b}, true",
        "user:{a}:{b}, user:{c}, false",
        "u{id}, user{id}, true",
        "{id}-a, {id}-b, false",
        "{id}-a, {id}a, true",
        "a{id}b:1:{x}, ab:1:{x}, true",
        "ab{id}ba:1:{x}, aba:1:{x}, false",
        "a:1:{x}, a:2:{x}, false"
    })
    void knowsWhichTemplatesCanMakeTheSameKey(String one, String other, boolean overlap) {
        assertThat(KeyTemplate.parse(one).overlaps(KeyTemplate.parse(other))).isEqualTo(overlap);
        assertThat(KeyTemplate.parse(other).overlaps(KeyTemplate.parse(one))).isEqualTo(overlap);
    }

    @Test
    void namesColumnsThatTheTablesKeyDoesNotHave() {
        KeyTemplate template = KeyTemplate.parse("user:{id}:{name}");

        for (RedisMode mode : RedisMode.values()) {
            assertThat(template.problemWith(Set.of("id"), mode))
                    .startsWith("names [name], but the table's key is [id]; name key columns only");
        }
    }

    @Test
    void needsTheWholeKeyOnlyWhereItWrites() {
        KeyTemplate template = KeyTemplate.parse("user:{id}");
        Set<String> key = Set.copyOf(Arrays.asList("id", "region"));

        assertThat(template.problemWith(key, RedisMode.WRITE)).startsWith("leaves out [region] of the table's key");
        assertThat(template.problemWith(key, RedisMode.INVALIDATE)).isNull();
        assertThat(template.problemWith(Set.of("id"), RedisMode.WRITE)).isNull();
    }

    @Test
    void travelsWithTheJob() throws Exception {
        KeyTemplate template = KeyTemplate.parse("user:{id}");

        KeyTemplate copy = InstantiationUtil.clone(template);

        assertThat(copy).isEqualTo(template).hasSameHashCodeAs(template);
        assertThat(copy.render(Map.of("id", "1"))).isEqualTo("user:1");
    }
}
