package io.millrace.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a key that no setting has, and of which part of it. */
class UnknownKeyTest {

    private static final Set<String> KNOWN =
            Set.of("name", "targets.redis.host", "targets.redis.port", "targets.kafka.linger");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nmae | nmae | is unknown; did you mean `name`?",
                "zzzzzz | zzzzzz | is unknown",
                "targets.redsi.host | targets.redsi | is unknown; did you mean `redis`?",
                "targets.redis.hots | targets.redis.hots | is unknown; did you mean `host`?",
                "targets.redis | targets.redis | is a single value or a list; it must be a mapping",
                "name.first | name | is a mapping; it must be a single value or a list"
            })
    void isCutWhereItLeavesWhatIsKnown(String key, String path, String message) {
        UnknownKey unknown = UnknownKey.of(key, KNOWN);

        assertThat(unknown.path()).isEqualTo(path);
        assertThat(unknown.message()).isEqualTo(message);
    }

    @Test
    void isTheSameForAllThatStandsUnderIt() {
        assertThat(UnknownKey.of("targets.redsi.host", KNOWN)).isEqualTo(UnknownKey.of("targets.redsi.port.to", KNOWN));
    }
}
