package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpositionTest {

    @Test
    void theGreatestValueIsThatOfTheSeriesThatHaveOne() {
        Exposition shown = Exposition.parse("""
                latency{quantile="0.5",table="views",} NaN
                latency{quantile="0.5",table="users",} 7.0
                latency{quantile="0.9",table="users",} 9.5
                idle{quantile="0.5",} NaN
                """);

        assertThat(shown.greatest("latency")).isEqualTo(9.5);
        assertThat(shown.greatest("idle")).isNaN();
        assertThat(shown.greatest("unknown")).isNaN();
    }
}
