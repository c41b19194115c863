package io.millrace.analytics.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.Golden;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowShape;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TermTallyTest {

    private static final int HITS = 2_000;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2), new Random().longs(10));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void comesToTheSameWhateverTheOrderAndTheMerges(long seed) throws IOException {
        Random random = new Random(seed);
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < HITS; i++) {
            int searches = random.nextInt(2);
            hits.add(hit(random.nextLong(700), searches, searches * random.nextInt(2), 1 - searches));
        }
        TermResult forward = tally(hits).result("shoes", 0);
        Collections.shuffle(hits, random);
        int cut = random.nextInt(HITS);
        TermTally merged = tally(hits.subList(0, cut));
        merged.countAll(written(tally(hits.subList(cut, HITS))));

        assertThat(merged.result("shoes", 0)).isEqualTo(forward);
        assertThat(forward.searches() + forward.clicked()).isEqualTo(HITS);
        long users = hits.stream()
                .filter(hit -> hit.searches() > 0)
                .mapToLong(Hit::user)
                .distinct()
                .count();
        assertThat((double) forward.users()).isBetween(users * 0.95, users * 1.05);
    }

    @Test
    void aCopyHasAStateOfItsOwn() {
        TermTally tally = tally(List.of(hit(1, 1, 1, 0)));
        TermTally copy = TermTallySerializer.INSTANCE.copy(tally);
        TermResult before = copy.result("shoes", 0);
        tally.count(hit(2, 1, 0, 1));

        assertThat(copy.result("shoes", 0)).isEqualTo(before);
        assertThat(tally.result("shoes", 0)).isNotEqualTo(before);
    }

    /** See the golden states of windows. */
    @Test
    void searchesThatWereCountedAreStillCountedAndKnown() throws Exception {
        LateEvents late = new LateEvents("late-events", "analytics", "golden", "events");
        Slicing slicing = Slicing.of(
                List.of(WindowShape.tumbling(Duration.ofMinutes(5))), Duration.ofMinutes(6), Duration.ofMinutes(10));
        SearchTermsTable table = new SearchTermsTable(1);
        Golden<Hit, TermTally> golden = new Golden<>(
                "analytics.count-search-terms",
                () -> new SlicedWindow<>(
                        slicing,
                        new TermTallies(),
                        (window, tally) -> table.row(tally.result(window.key(), window.start()), tally.events()),
                        late,
                        1));
        Hit known = new Hit(new Stamp(0, 1, 1_000, EventId.of("a")), 7, 1, 1, 0);
        Hit other = new Hit(new Stamp(0, 2, 1_000, EventId.of("b")), 8, 1, 0, 0);

        assertThat(golden.rows(
                        new Bundle<>("shoes", 0, List.of(known)),
                        new Bundle<>("shoes", 0, List.of(known, other)),
                        300_000))
                .singleElement()
                .asString()
                .contains("\"searches\":2,\"users\":2,\"zero_results\":1");
    }

    private static Hit hit(long user, int searches, int empty, int clicked) {
        return new Hit(new Stamp(0, 0, 0, null), user * 0x9E3779B97F4A7C15L, searches, empty, clicked);
    }

    private static TermTally tally(List<Hit> hits) {
        TermTally tally = new TermTallies().empty();
        hits.forEach(tally::count);
        return tally;
    }

    private static TermTally written(TermTally tally) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TermTallySerializer.INSTANCE.serialize(tally, out);
        return TermTallySerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
