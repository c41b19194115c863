package io.millrace.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProblemsTest {

    private final Problems problems = new Problems();

    @Test
    void saysEveryProblemAtOnceAndNoNote() {
        problems.add("name", "is missing");
        problems.note("topics.t", "could not be checked");
        problems.add("", "routes are missing");

        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage("the configuration has 2 problems:\n  - `name` is missing\n  - routes are missing");
    }

    @Test
    void aNoteStopsNothing() {
        problems.note("topics.t", "could not be checked");

        assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
        assertThat(problems.isEmpty()).isTrue();
        assertThat(problems.notes()).extracting(Problem::toString).containsExactly("`topics.t` could not be checked");
    }
}
