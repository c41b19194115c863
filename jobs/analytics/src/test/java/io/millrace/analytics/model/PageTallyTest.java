package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Visit;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTallyTest {

    private static final long SEED = 17;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100, 5_000, 100_000})
    void estimatesVisitorsWithinThreeTimesTheStandardError(int visitors) {
        PageTally tally = tally(visits(visitors));

        assertThat((double) tally.visitors()).isBetween(visitors * (1 - 3 * 0.0081), visitors * (1 + 3 * 0.0081));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 50, 3_000, 60_000})
    void comesToTheSameWhateverTheOrderAndTheMerges(int visitors) throws IOException {
        List<Visit> visits = visits(visitors);
        PageTally forward = tally(visits);
        Collections.shuffle(visits, new Random(SEED));
        PageTally shuffled = tally(visits);
        PageTally merged = PageTallies.DEFAULT.empty();
        merged.countAll(tally(visits.subList(0, visitors / 3)));
        merged.countAll(written(tally(visits.subList(visitors / 3, visitors))));

        assertThat(shuffled.visitors()).isEqualTo(forward.visitors());
        assertThat(merged.visitors()).isEqualTo(forward.visitors());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 20_000})
    void isTheSameOnceItWasWrittenAndGoesOn(int visitors) throws IOException {
        PageTally tally = tally(visits(visitors));
        PageTally read = written(tally);
        PageTally copy = PageTallySerializer.INSTANCE.copy(tally);
        tally.count(new Visit(new Stamp(0, 0, 0, null), -5));
        tally.count(new Visit(new Stamp(0, 0, 0, null), Visit.NOBODY));

        assertThat(read.visitors()).isEqualTo(copy.visitors());
        read.count(new Visit(new Stamp(0, 0, 0, null), -5));
        assertThat(read.visitors()).isEqualTo(tally.visitors());
    }

    private static PageTally tally(List<Visit> visits) {
        PageTally tally = PageTallies.DEFAULT.empty();
        visits.forEach(tally::count);
        return tally;
    }

    private static List<Visit> visits(int count) {
        return new java.util.ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> new Visit(new Stamp(0, i, 0, null), Visit.user("user " + i)))
                .toList());
    }

    private static PageTally written(PageTally tally) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        PageTallySerializer.INSTANCE.serialize(tally, out);
        return PageTallySerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
