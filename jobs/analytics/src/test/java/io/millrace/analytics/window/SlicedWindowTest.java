package io.millrace.analytics.window;

import static io.millrace.analytics.window.Harness.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.replay.LowerGenerationException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlicedWindowTest {

    private static final Slicing FIVE_MINUTES = Slicing.of(
            List.of(WindowShape.tumbling(Duration.ofMinutes(5))), Duration.ofMinutes(1), Duration.ofMinutes(10));

    private static final Slicing AN_HOUR = Slicing.of(
            List.of(WindowShape.sliding(Duration.ofMinutes(60), Duration.ofMinutes(5))),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10));

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void tellsAWindowOnceItIsOver(StateBackend backend) throws Exception {
        try (Harness window = new Harness(FIVE_MINUTES, backend)) {
            window.count("a", visit(0, null, 1), visit(4.9, null, 2), visit(5, null, 4));
            window.count("b", visit(1, null, 8));
            window.reach(4.9);
            assertThat(window.told()).isEmpty();

            window.reach(5);
            assertThat(window.told())
                    .containsExactlyInAnyOrder("a 0-5: 2 events, 0 late, sum 3", "b 0-5: 1 events, 0 late, sum 8");
            window.reach(10);
            assertThat(window.told()).containsExactly("a 5-10: 1 events, 0 late, sum 4");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void tellsAWindowAgainForWhatComesLateAndNoMoreAfterThat(StateBackend backend) throws Exception {
        try (Harness window = new Harness(FIVE_MINUTES, backend)) {
            window.count("a", visit(0, null, 1));
            window.reach(5.9);
            window.told();
            window.count("a", visit(3, null, 2));
            window.count("new", visit(3, null, 4));

            assertThat(window.told())
                    .containsExactly("a 0-5: 2 events, 1 late, sum 3", "new 0-5: 1 events, 1 late, sum 4");
            window.reach(6);
            window.count("a", visit(3, "e", 8));
            assertThat(window.told()).isEmpty();
            assertThat(window.late())
                    .containsExactly("{\"pipeline\":\"analytics\",\"result\":\"sums\",\"key\":\"a\","
                            + "\"windowStart\":\"1970-01-01T00:00:00Z\",\"timestamp\":\"1970-01-01T00:03:00Z\","
                            + "\"lateMillis\":60000,\"topic\":\"visits\",\"partition\":0,\"offset\":7}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 15, 20, 33})
    void leavesNothingBehindWhenNamesAreRememberedForAnotherTimeOverASavepoint(int minutes) throws Exception {
        try (Harness window = new Harness(FIVE_MINUTES, new HashMapStateBackend())) {
            window.count("a", visit(0, "x", 1), visit(4, "y", 2));
            window.reach(7);
            window.restart(Slicing.of(
                    List.of(WindowShape.tumbling(Duration.ofMinutes(5))),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(minutes)));
            window.reach(120);

            assertThat(window.stateEntries()).isZero();
            assertThat(window.timers()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void correctsOnceForABundleOfLateEvents(StateBackend backend) throws Exception {
        try (Harness window = new Harness(FIVE_MINUTES, backend)) {
            window.reach(5);
            window.bundle("a", List.of(visit(1, "x", 1), visit(2, "y", 2), visit(1, "x", 1)));

            assertThat(window.told()).containsExactly("a 0-5: 2 events, 2 late, sum 3");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void countsAnEventOfOneNameOnceForAsLongAsItIsKnown(StateBackend backend) throws Exception {
        try (Harness window = new Harness(FIVE_MINUTES, backend)) {
            window.count("a", visit(0, "e", 1), visit(0, "e", 1), visit(0, null, 2), visit(0, null, 2));
            window.count("b", visit(0, "e", 16));
            window.reach(5);
            assertThat(window.told())
                    .as("what has no name counts each time; and each key knows its own")
                    .containsExactlyInAnyOrder("a 0-5: 3 events, 0 late, sum 5", "b 0-5: 1 events, 0 late, sum 16");

            window.count("a", visit(0, "e", 1), visit(7, "e", 4), visit(12, "f", 8));
            window.reach(15);
            assertThat(window.told())
                    .as("also with another time, as of a producer that gives none")
                    .containsExactly("a 10-15: 1 events, 0 late, sum 8");

            window.reach(30);
            window.count("a", visit(31, "e", 32));
            window.reach(35);
            assertThat(window.told()).as("forgotten").containsExactly("a 30-35: 1 events, 0 late, sum 32");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aKnownEventIsADuplicateAndNotLate(StateBackend backend) throws Exception {
        try (Harness window = new Harness(FIVE_MINUTES, backend)) {
            window.count("a", visit(0, "e", 1));
            window.reach(8);
            window.count("a", visit(0, "e", 1));

            assertThat(window.late()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void slidesOverSlicesUntilTheLastIsBehind(StateBackend backend) throws Exception {
        try (Harness window = new Harness(AN_HOUR, backend)) {
            window.count("u", visit(61, null, 1), visit(67, null, 2));
            window.reach(200);

            List<String> told = window.told();
            assertThat(told).hasSize(13);
            assertThat(told.get(0)).isEqualTo("u 5-65: 1 events, 0 late, sum 1");
            assertThat(told.get(1)).isEqualTo("u 10-70: 2 events, 0 late, sum 3");
            assertThat(told.get(12)).isEqualTo("u 65-125: 1 events, 0 late, sum 2");
        }
    }

    @Test
    void tellsTheEndOfAKeyIfAskedTo() throws Exception {
        try (Harness window = new Harness(AN_HOUR.tellingEnd(), new HashMapStateBackend())) {
            window.count("u", visit(61, null, 1));
            window.reach(200);

            assertThat(window.told()).hasSize(13).last().isEqualTo("u 65-125: 0 events, 0 late, sum 0");
            window.reach(400);
            assertThat(window.told()).isEmpty();
            assertThat(window.stateEntries()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void makesSeveralWindowsOfTheSameSlices(StateBackend backend) throws Exception {
        Slicing both = Slicing.of(
                List.of(WindowShape.tumbling(Duration.ofMinutes(1)), WindowShape.tumbling(Duration.ofMinutes(3))),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10));
        try (Harness window = new Harness(both, backend)) {
            window.count("u", visit(0, null, 1), visit(2, null, 2));
            window.reach(3);
            window.count("u", visit(2, null, 4));

            assertThat(window.told())
                    .containsExactly(
                            "u 0-1: 1 events, 0 late, sum 1",
                            "u 2-3: 1 events, 0 late, sum 2",
                            "u 0-3: 2 events, 0 late, sum 3",
                            "u 2-3: 2 events, 1 late, sum 6",
                            "u 0-3: 3 events, 1 late, sum 7");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void knowsWhatIsLateAlsoAfterARestart(StateBackend backend) throws Exception {
        try (Harness window = new Harness(FIVE_MINUTES, backend)) {
            window.count("a", visit(0, "e", 1));
            window.reach(5.5);
            window.told();
            window.count("b", visit(6, null, 1));
            window.restart();
            window.count("a", visit(0, "e", 1), visit(1, "f", 2));

            assertThat(window.told()).containsExactly("a 0-5: 2 events, 1 late, sum 3");
            window.reach(7);
            window.restart();
            window.count("a", visit(2, "g", 4));
            assertThat(window.told()).isEmpty();
            window.reach(10);
            assertThat(window.told()).containsExactly("b 5-10: 1 events, 0 late, sum 1");
        }
    }

    @Test
    void refusesALowerGenerationThanThatOfItsSavepoint() throws Exception {
        try (Harness window = new Harness(FIVE_MINUTES, new HashMapStateBackend())) {
            window.count("a", visit(0, null, 1));
            window.restart(2);

            assertThatThrownBy(() -> window.restart(1)).isInstanceOf(LowerGenerationException.class);
        }
    }

    @Test
    void keepsNothingOfWhatIsOver() throws Exception {
        try (Harness window = new Harness(FIVE_MINUTES, new HashMapStateBackend())) {
            window.count("a", visit(0, "e", 1), visit(1, "f", 1), visit(5, null, 1));
            assertThat(window.timers()).as("two windows, two clean-ups").isEqualTo(3);
            window.reach(20);
            window.count("a", visit(21, "g", 1));
            assertThat(window.stateEntries()).as("slices and names").isEqualTo(2);

            window.reach(100);

            assertThat(window.stateEntries()).isZero();
            assertThat(window.timers()).isZero();
        }
    }
}
