package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayLiteralTest {

    @Test
    void readsBareElements() {
        assertThat(ArrayLiteral.parse("{1,-2,3}", Integer::valueOf)).containsExactly(1, -2, 3);
        assertThat(ArrayLiteral.parse("{}", Integer::valueOf)).isEmpty();
        assertThat(parse("{a b,(,),ü€😀}")).containsExactly("a b", "(", ")", "ü€😀");
    }

    @Test
    void tellsNullFromTheWord() {
        assertThat(parse("{NULL,\"NULL\",null,\"\"}")).isEqualTo(Arrays.asList(null, "NULL", "null", ""));
    }

    @Test
    void readsQuotedElements() {
        assertThat(parse("{\"a,b\",\"q\\\"\",\"back\\\\slash\",\"{}\",\" \",\"line\nbreak\"}"))
                .containsExactly("a,b", "q\"", "back\\slash", "{}", " ", "line\nbreak");
    }

    @Test
    void readsSeveralDimensions() {
        assertThat(ArrayLiteral.parse("{{1,2},{NULL,4}}", Integer::valueOf))
                .isEqualTo(List.of(List.of(1, 2), Arrays.asList(null, 4)));
        assertThat(parse("{{{a},{b}},{{c},{d}}}"))
                .isEqualTo(List.of(List.of(List.of("a"), List.of("b")), List.of(List.of("c"), List.of("d"))));
    }

    @Test
    void passesOverLowerBounds() {
        assertThat(ArrayLiteral.parse("[0:2]={1,2,3}", Integer::valueOf)).containsExactly(1, 2, 3);
        assertThat(ArrayLiteral.parse("[-1:0][2:3]={{1,2},{3,4}}", Integer::valueOf))
                .isEqualTo(List.of(List.of(1, 2), List.of(3, 4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "{", "{1", "{1,", "{\"a", "{\"a\\", "{{1}", "[0:1]", "[", "{1}}", "{1} ", "x{1}"})
    void refusesWhatIsNoArrayWithoutShowingIt(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(text)).withMessageStartingWith("an array ");
    }

    private static List<Object> parse(String text) {
        return ArrayLiteral.parse(text, element -> element);
    }
}
