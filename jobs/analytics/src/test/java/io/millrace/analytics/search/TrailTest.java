package io.millrace.analytics.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrailTest {

    private static final long WITHIN = 50;

    private record Event(Stamp stamp, boolean isClick) {}

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2), new Random().longs(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void comesToTheSameInAnyOrder(long seed) throws IOException {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(new Event(stamp(i, random.nextLong(400)), random.nextBoolean()));
        }
        Set<Long> naive = naive(events);
        Collections.shuffle(events, random);

        assertThat(clicked(events, random)).isEqualTo(naive);
    }

    /** Adds up what is told of each search, whose place is its name. */
    private static Set<Long> clicked(List<Event> events, Random random) throws IOException {
        Map<Long, Integer> sums = new HashMap<>();
        Trail trail = new Trail();
        for (Event event : events) {
            if (event.isClick()) {
                trail.addClick(event.stamp());
            } else {
                trail.addSearch(event.stamp(), "shoes", 7);
            }
            if (random.nextBoolean()) {
                trail = written(TrailSerializer.INSTANCE.copy(trail));
                add(trail, sums);
            }
        }
        add(trail, sums);
        assertThat(sums.values()).allMatch(sum -> sum == 0 || sum == 1);
        sums.values().removeIf(sum -> sum == 0);
        return new TreeSet<>(sums.keySet());
    }

    private static void add(Trail trail, Map<Long, Integer> sums) {
        for (Trail.Change change : trail.follow(WITHIN)) {
            sums.merge(change.stamp().offset(), change.search().clicked() ? 1 : -1, Integer::sum);
        }
        assertThat(trail.follow(WITHIN)).isEmpty();
    }

    private static Set<Long> naive(List<Event> events) {
        TreeSet<Long> clicked = new TreeSet<>();
        for (Event click : events) {
            Event last = null;
            for (Event search : events) {
                boolean isBefore = !search.isClick()
                        && search.stamp().timestamp() <= click.stamp().timestamp();
                boolean isLater = last == null
                        || search.stamp().timestamp() > last.stamp().timestamp()
                        || (search.stamp().timestamp() == last.stamp().timestamp()
                                && search.stamp().offset() > last.stamp().offset());
                last = isBefore && isLater ? search : last;
            }
            if (click.isClick()
                    && last != null
                    && click.stamp().timestamp() - last.stamp().timestamp() <= WITHIN) {
                clicked.add(last.stamp().offset());
            }
        }
        return clicked;
    }

    @Test
    void knowsAnEventByItsNameAndByItsPlace() {
        Trail trail = new Trail();
        trail.addSearch(new Stamp(0, 1, 10, EventId.of("a")), "shoes", 7);
        trail.addClick(new Stamp(0, 2, 20, null));

        assertThat(trail.knows(new Stamp(1, 9, 10, EventId.of("a")))).isTrue();
        assertThat(trail.knows(new Stamp(0, 2, 20, null))).isTrue();
        assertThat(trail.knows(new Stamp(0, 3, 20, null))).isFalse();
    }

    @Test
    void forgetsSearchesAndClicksOfTheirTime() {
        Trail trail = new Trail();
        trail.addSearch(stamp(1, 10), "shoes", 7);
        trail.addClick(stamp(2, 20));
        trail.forget(10);
        assertThat(trail.knows(stamp(1, 10)) && trail.knows(stamp(2, 20))).isTrue();

        trail.forget(20);
        assertThat(trail.knows(stamp(1, 10))).isFalse();
        assertThat(trail.knows(stamp(2, 20))).isTrue();

        trail.forget(21);
        assertThat(trail.isEmpty()).isTrue();
    }

    private static Stamp stamp(long offset, long time) {
        return new Stamp(0, offset, time, null);
    }

    private static Trail written(Trail trail) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TrailSerializer.INSTANCE.serialize(trail, out);
        return TrailSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
