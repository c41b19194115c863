package io.millrace.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

    private static final List<String> TARGETS = List.of("kafka", "elasticsearch", "redis");

    @Test
    void findsASlip() {
        assertThat(Suggestions.didYouMean("redsi", TARGETS)).isEqualTo("; did you mean `redis`?");
        assertThat(Suggestions.didYouMean("elastic-search", TARGETS)).isEqualTo("; did you mean `elasticsearch`?");
    }

    @Test
    void findsAnAbbreviation() {
        assertThat(Suggestions.closest("elastic", TARGETS)).contains("elasticsearch");
    }

    @Test
    void saysNothingWhereNothingIsClose() {
        assertThat(Suggestions.didYouMean("postgres", TARGETS)).isEmpty();
    }
}
