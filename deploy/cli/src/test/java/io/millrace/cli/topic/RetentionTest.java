package io.millrace.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
    @ParameterizedTest
    @CsvSource({"7d,604800000", "12h,43200000", "5m,300000", "3s,3000", "250ms,250", "0d,0", "forever,-1"})
    void readsANumberWithAUnit(String text, long millis) {
        assertThat(Retention.millis(text)).hasValue(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "7 days", "-1d", "1.5h", "7D", "Forever"})
    void refusesAnythingElse(String text) {
        assertThat(Retention.millis(text)).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(Retention.millis("999999999999999d")).isEmpty();
    }
}
