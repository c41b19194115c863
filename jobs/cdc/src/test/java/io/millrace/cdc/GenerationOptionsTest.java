package io.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.cdc.model.SourceOptions;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.replay.Generations;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

class GenerationOptionsTest {

    private static final String USERS = "dbserver1.public.users";

    @Test
    void hasOneGenerationForAllByDefault() {
        assertThat(read(Configurations.SYNC)).isEqualTo(Generations.only(2));
    }

    @Test
    void readsWhereEachBegins() {
        assertThat(read(sync("[\"" + USERS + ":0=5," + USERS + ":1=6\", \"" + USERS + ":0=9," + USERS + ":1=6\"]")))
                .isEqualTo(Generations.beginningAt(
                        List.of(USERS + ":0=5," + USERS + ":1=6", USERS + ":1=6," + USERS + ":0=9")));
    }

    @Test
    void needsAsManyAsTheGenerationSays() {
        assertRefused("[\"" + USERS + ":0=5\"]")
                .contains("source.kafka.generations", "has 1 entries", "`generation` is 2", "one for each generation");
        assertRefused("[]").contains("has 0 entries");
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertRefused("[\"" + USERS + ":0=5,other:0=1\", \"" + USERS + ":0=4,other:0=1\", \"" + USERS
                        + ":0=4,other:0=1\"]")
                .contains("has 3 entries")
                .contains("names other, which is not read")
                .contains("generations[1]", USERS + ":0=4, below the 5");
        assertRefused("[\"" + USERS + "\", \"" + USERS + ":a=4\"]")
                .contains("generations[0]", "it has no topic", "generations[1]", "`a` is no number");
    }

    private static AbstractStringAssert<?> assertRefused(String generations) {
        return assertThat(catchThrowableOfType(InvalidConfigurationException.class, () -> read(sync(generations)))
                .getMessage());
    }

    private static String sync(String generations) {
        return Configurations.SYNC.replace("    properties:", "    generations: " + generations + "\n    properties:");
    }

    private static Generations read(String yaml) {
        return ((SourceOptions.Topics) Configurations.read(yaml).source()).generations();
    }
}
