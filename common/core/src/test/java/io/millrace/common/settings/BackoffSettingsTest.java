package io.millrace.common.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Placeholders;
import io.millrace.common.config.Problems;
import io.millrace.common.failure.Backoff;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffSettingsTest {

    private static final BackoffSettings SETTINGS =
            BackoffSettings.of("store", Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMinutes(2));

    private final Problems problems = new Problems();

    private ConfigReader check(Map<String, String> given) {
        ConfigReader config = new ConfigReader("name: test", given, new Placeholders(Map.of()), problems);
        config.check(SETTINGS.all());
        SETTINGS.check(config, problems);
        SETTINGS.checkPatience(config, problems);
        return config;
    }

    @Test
    void areReadOverTheirDefaults() {
        ConfigReader config = check(Map.of("store.backoff.longest", "3 s"));

        assertThat(problems.found()).isEmpty();
        assertThat(SETTINGS.read(config))
                .isEqualTo(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(3), Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store.backoff.longest | 50 ms | is below `store.backoff.first`; raise it or lower the other",
                "store.backoff.first | 11 s | store.backoff.longest",
                "store.backoff.give-up-after | 10 min | is not below `job.checkpoint-timeout`",
                "job.checkpoint-timeout | 2 min | store.backoff.give-up-after"
            })
    void whatDoesNotFitTogetherIsAProblem(String key, String value, String problem) {
        check(Map.of(key, value));

        assertThat(problems.found()).singleElement().asString().contains(problem);
    }

    @Test
    void noTimeAtAllIsRefused() {
        check(Map.of("store.backoff.first", "0 ms"));

        assertThat(problems.found())
                .singleElement()
                .asString()
                .startsWith("`store.backoff.first`")
                .contains("it must be at least 1 ms");
    }
}
