package io.millrace.analytics.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    @Test
    void hasTheWeightsThatAreConfigured() {
        Split split = Split.parse(Map.of("x", "control = 50, new=25.5,a=b=1"));

        assertThat(split.weight("x", "control")).isEqualTo(50);
        assertThat(split.weight("x", "new")).isEqualTo(25.5);
        assertThat(split.weight("x", "a=b")).isEqualTo(1);
        assertThat(split.weight("x", "other")).isZero();
        assertThat(split.weight("y", "other")).isEqualTo(1);
        assertThat(split.variants("x", List.of("z"))).containsExactly("a=b", "control", "new", "z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            control         | `control` of `x` is no variant and its part
            control=1,=2    | `=2` of `x` is no variant
            control=1,new=0 | `new=0` of `x`
            control=1,new=n | `new=n` of `x`
            a=1,b=NaN       | `b=NaN` of `x`
            a=1,b=1,a=1     | names a variant twice
            control=1       | has one variant only
            """)
    void refusesWhatIsNone(String written, String message) {
        assertThatThrownBy(() -> Split.parse(Map.of("x", written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
