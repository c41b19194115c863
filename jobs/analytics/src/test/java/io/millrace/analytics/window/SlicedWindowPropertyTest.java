package io.millrace.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random events, in a random order and with duplicates, against windows that are computed by hand. */
class SlicedWindowPropertyTest {

    private static final long MINUTE = Harness.MINUTE;
    private static final int EVENTS = 120;
    private static final Duration LATENESS = Duration.ofMinutes(2);
    private static final List<WindowShape> SHAPES = List.of(
            WindowShape.tumbling(Duration.ofMinutes(5)),
            WindowShape.sliding(Duration.ofMinutes(20), Duration.ofMinutes(5)));

    /** An event, and when it arrives. */
    private record Arrival(String key, Visit visit, long at) {}

    /** Which window of which key. */
    private record Place(String key, long start, long end) {}

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderAndAnyDuplicationEndInTheRowsOfNaiveWindows(long seed) throws Exception {
        Random random = new Random(seed);
        List<Arrival> events = events(random);

        assertThat(lastOf(play(events, random))).isEqualTo(naive(events));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCorrectionNeverHasALowerVersion(long seed) throws Exception {
        Random random = new Random(seed);
        Map<Place, Long> versions = new HashMap<>();
        for (Told told : play(events(random), random)) {
            Place place = new Place(told.key(), told.start(), told.end());
            Long before = versions.put(place, told.events());

            assertThat(before == null ? 0 : before).as(place.toString()).isLessThanOrEqualTo(told.events());
        }
    }

    /** The control: without the names, duplicates count, and the rows differ. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void withoutNamesDuplicatesCount(long seed) throws Exception {
        Random random = new Random(seed);
        List<Arrival> nameless = events(random).stream()
                .map(event -> new Arrival(
                        event.key(),
                        new Visit(
                                new Stamp(0, 0, event.visit().stamp().timestamp(), null),
                                event.visit().visitor()),
                        event.at()))
                .toList();

        assertThat(lastOf(play(nameless, random))).isNotEqualTo(naive(nameless));
    }

    private static List<Arrival> events(Random random) {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> {
                    long time = random.nextLong(90 * MINUTE);
                    Stamp stamp = new Stamp(0, i, time, EventId.of("event " + i));
                    return new Arrival("key " + random.nextInt(3), new Visit(stamp, 1L << random.nextInt(40)), time);
                })
                .toList();
    }

    /** Each arrives up to a little less than the lateness after its time, some of them again, in bundles or alone. */
    private static List<Told> play(List<Arrival> events, Random random) throws Exception {
        List<Arrival> arrivals = new ArrayList<>();
        for (Arrival event : events) {
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                long delay = random.nextLong(LATENESS.toMillis() - 1);
                arrivals.add(new Arrival(event.key(), event.visit(), event.at() + delay));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        List<Told> told = new ArrayList<>();
        try (Harness window =
                new Harness(Slicing.of(SHAPES, LATENESS, Duration.ofMinutes(3)), new HashMapStateBackend())) {
            for (Arrival arrival : arrivals) {
                if (random.nextInt(3) == 0) {
                    window.reach((double) arrival.at() / MINUTE);
                }
                window.count(arrival.key(), arrival.visit());
                told.addAll(window.results());
            }
            window.reach(1_000);
            told.addAll(window.results());
            assertThat(window.late()).isEmpty();
            assertThat(window.stateEntries()).isZero();
        }
        return told;
    }

    private static Map<String, Long> lastOf(List<Told> told) {
        Map<String, Long> rows = new TreeMap<>();
        told.forEach(row -> rows.put(row.key() + " " + row.start() + "-" + row.end(), row.sum()));
        return rows;
    }

    private static Map<String, Long> naive(List<Arrival> events) {
        Map<String, Long> rows = new TreeMap<>();
        for (WindowShape shape : SHAPES) {
            for (Arrival event : events) {
                long time = event.visit().stamp().timestamp();
                for (long start = -shape.size(); start <= 90 * MINUTE; start += shape.slide()) {
                    if (time >= start && time < start + shape.size()) {
                        rows.merge(
                                event.key() + " " + start + "-" + (start + shape.size()),
                                event.visit().visitor(),
                                Long::sum);
                    }
                }
            }
        }
        return rows;
    }
}
