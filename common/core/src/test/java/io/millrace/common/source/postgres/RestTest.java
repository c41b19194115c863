package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestTest {

    private final Rest rest = new Rest(Duration.ofMillis(20));

    @Test
    void growsWithTheQuiet() {
        assertThat(rests(40)).containsExactly(1L, 2L, 4L, 8L, 16L, 20L, 20L, 20L);
    }

    @Test
    void isShortAgainAfterAChange() {
        rests(40);

        rest.end();

        assertThat(rests(10)).containsExactly(1L, 2L);
    }

    @Test
    void isNeverLongerThanItMayBe() {
        Rest shortest = new Rest(Duration.ofMillis(1));

        assertThat(Stream.generate(shortest::millis).limit(20)).allMatch(millis -> millis <= 1);
    }

    /** Those that are none are left out. */
    private List<Long> rests(int looks) {
        return Stream.generate(rest::millis)
                .limit(looks)
                .filter(millis -> millis > 0)
                .toList();
    }
}
