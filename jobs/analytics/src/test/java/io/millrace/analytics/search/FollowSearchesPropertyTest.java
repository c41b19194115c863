package io.millrace.analytics.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random searches and clicks of a session, in a random order and with duplicates, against what follows from all of them. */
class FollowSearchesPropertyTest {

    private static final long MINUTE = 60_000;
    private static final int EVENTS = 60;
    private static final long WITHIN = 5 * MINUTE;
    private static final long LATENESS = MINUTE;
    private static final String SESSION = "session/s";
    private static final Slicing SLICING = Slicing.of(
            List.of(WindowShape.tumbling(Duration.ofMinutes(5))), Duration.ofMinutes(6), Duration.ofMinutes(10));

    /** When somebody tells of something. */
    private record Arrival(Interaction interaction, long at) {}

    /** What is told of a search in all: how often it was made, and how often it was clicked through. */
    private record Sum(int searches, int clicked) {

        private Sum plus(Sum other) {
            return new Sum(searches + other.searches, clicked + other.clicked);
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderAndAnyDuplicationComeToWhatFollowsFromAll(long seed) throws Exception {
        Random random = new Random(seed);
        List<Interaction> all = interactions(random);

        assertThat(play(all, random)).isEqualTo(naive(all));
    }

    /** The control: nobody can know an event again that has no name, and another place. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void withoutNamesSearchesCountAsOftenAsTheyAreTold(long seed) throws Exception {
        Random random = new Random(seed);
        List<Interaction> nameless = new ArrayList<>();
        for (Interaction told : interactions(random)) {
            for (int copy = 0; copy < 2; copy++) {
                Stamp stamp = told.stamp();
                Stamp other = new Stamp(0, stamp.offset() + (long) copy * EVENTS, stamp.timestamp(), null);
                nameless.add(new Interaction(other, told.user(), told.term(), told.found(), true));
            }
        }

        Map<Long, Sum> once = naive(
                nameless.stream().filter(told -> told.stamp().offset() < EVENTS).toList());
        assertThat(play(nameless, random)).hasSize(2 * once.size());
    }

    private static List<Interaction> interactions(Random random) {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> {
                    Stamp stamp = new Stamp(0, i, random.nextLong(40 * MINUTE), EventId.of("event " + i));
                    String term = random.nextInt(2) == 0 ? null : "term " + random.nextInt(4);
                    return new Interaction(stamp, 7, term, true, true);
                })
                .toList();
    }

    /** Each arrives up to a little less than the lateness after its time, those with a name up to three times. */
    private static Map<Long, Sum> play(List<Interaction> all, Random random) throws Exception {
        List<Arrival> arrivals = new ArrayList<>();
        for (Interaction told : all) {
            for (int copies = told.stamp().id() == null ? 1 : 1 + random.nextInt(3); copies > 0; copies--) {
                arrivals.add(new Arrival(told, told.stamp().timestamp() + random.nextLong(LATENESS)));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        try (var harness = open()) {
            for (Arrival arrival : arrivals) {
                if (random.nextInt(3) == 0) {
                    harness.processWatermark(new Watermark(arrival.at() - 1));
                }
                long slice = SLICING.sliceOf(arrival.interaction().stamp().timestamp());
                harness.processElement(
                        new StreamRecord<>(new Bundle<>(SESSION, slice, List.of(arrival.interaction()))));
            }
            harness.processWatermark(new Watermark(1_000 * MINUTE));
            assertThat(harness.getSideOutput(SlicedWindow.LATE)).isNullOrEmpty();
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            return sums(harness.extractOutputValues(), harness.getSideOutput(FollowSearches.CLICKED));
        }
    }

    private static Map<Long, Sum> sums(List<TermHit> searches, Queue<StreamRecord<TermHit>> clicked) {
        List<TermHit> all = new ArrayList<>(searches);
        if (clicked != null) {
            clicked.forEach(hit -> all.add(hit.getValue()));
        }
        Map<Long, Sum> sums = new TreeMap<>();
        all.forEach(hit -> sums.merge(
                hit.stamp().offset(), new Sum(hit.hit().searches(), hit.hit().clicked()), Sum::plus));
        return sums;
    }

    /** A click follows from the last search before it, by time and then by place. */
    private static Map<Long, Sum> naive(List<Interaction> all) {
        Map<Long, Sum> sums = new TreeMap<>();
        List<Stamp> searches = new ArrayList<>();
        for (Interaction told : all) {
            if (told.term() != null) {
                searches.add(told.stamp());
                sums.put(told.stamp().offset(), new Sum(1, 0));
            }
        }
        for (Interaction click : all) {
            long time = click.stamp().timestamp();
            if (click.term() == null) {
                searches.stream()
                        .filter(search -> search.timestamp() <= time)
                        .max(Comparator.comparingLong(Stamp::timestamp).thenComparingLong(Stamp::offset))
                        .filter(search -> time - search.timestamp() <= WITHIN)
                        .ifPresent(search -> sums.put(search.offset(), new Sum(1, 1)));
            }
        }
        return sums;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bundle<Interaction>, TermHit> open()
            throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FollowSearches(
                        Duration.ofMillis(WITHIN),
                        Duration.ofMinutes(11),
                        SLICING,
                        new LateEvents("late-events", "analytics", "search_terms_5min", "user-actions"))),
                Bundle<Interaction>::key,
                Types.STRING);
        made.setup(TermHitSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        made.open();
        return made;
    }
}
