package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.analytics.event.Request;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTallyTest {

    private static final int REQUESTS = 5_000;
    private static final Percentage DOCUMENTED_ERROR = Percentage.withPercentage(0.8);
    private static final List<Integer> PERCENTILES = List.of(1, 500, 900, 990, 999, 1_000);

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2), new Random().longs(10));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void percentilesAreNoFurtherFromTheTruthThanDocumented(long seed) {
        List<Request> requests = requests(new Random(seed));
        LatencyTally tally = tally(requests);
        List<Long> sorted = requests.stream().map(Request::micros).sorted().toList();

        for (int percentile : PERCENTILES) {
            double exact = sorted.get((int) Math.ceil(REQUESTS * percentile / 1_000.0) - 1) / 1_000.0;
            assertThat(tally.durations().percentile(percentile)).isCloseTo(exact, DOCUMENTED_ERROR);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void comesToTheSameWhateverTheOrderAndTheMerges(long seed) throws IOException {
        Random random = new Random(seed);
        List<Request> requests = requests(random);
        String forward = row(tally(requests));
        Collections.shuffle(requests, random);
        int cut = random.nextInt(REQUESTS);
        LatencyTally merged = tally(requests.subList(0, cut));
        merged.countAll(written(tally(requests.subList(cut, REQUESTS))));

        assertThat(row(merged)).isEqualTo(forward);
    }

    /** The control: percentiles of parts do not tell that of the whole. */
    @Test
    void anAverageOfPercentilesWouldBeWrong() {
        LatencyTally fast = new LatencyTally();
        LatencyTally slow = new LatencyTally();
        for (int i = 0; i < 990; i++) {
            fast.count(request(1_000));
        }
        for (int i = 0; i < 10; i++) {
            slow.count(request(1_000_000));
        }
        double averaged = (fast.durations().percentile(500) + slow.durations().percentile(500)) / 2;
        fast.countAll(slow);

        assertThat(fast.durations().percentile(500)).isCloseTo(1, DOCUMENTED_ERROR);
        assertThat(averaged).isGreaterThan(500);
        assertThat(fast.durations().percentile(990)).isCloseTo(1, DOCUMENTED_ERROR);
        assertThat(fast.durations().percentile(991)).isCloseTo(1_000, DOCUMENTED_ERROR);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 127})
    void aFewMicrosecondsAreExact(long micros) {
        LatencyTally tally = tally(List.of(request(micros)));

        assertThat(tally.durations().percentile(500)).isCloseTo(micros / 1_000.0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {128, 129, 255, 256, 1_023, 86_399_999_999L, 86_400_000_000L})
    void whatIsLongerIsCloseEnough(long micros) {
        LatencyTally tally = tally(List.of(request(micros)));

        assertThat(tally.durations().percentile(500)).isCloseTo(micros / 1_000.0, DOCUMENTED_ERROR);
    }

    @Test
    void becomesARow() {
        LatencyTally tally = tally(List.of(request(100), request(100), new Request(stamp(), 2_000, true)));
        var row = new LatencyTable(1).of(new Window("api/GET//orders/{id}", 60_000, 120_000), tally);

        assertThat(new String(row.key(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"window_start\":60000,\"service\":\"api\",\"route\":\"/orders/{id}\",\"method\":\"GET\"}");
        assertThat(new String(row.after(), StandardCharsets.UTF_8))
                .contains("\"p50\":0.1,\"p90\":2.008,")
                .contains("\"durations\":[0.1,2.008],\"counts\":[2,1]")
                .contains("\"errors\":1,");
    }

    @Test
    void aCopyHasAStateOfItsOwn() {
        LatencyTally tally = tally(List.of(request(100)));
        LatencyTally copy = LatencyTallySerializer.INSTANCE.copy(tally);
        String before = row(copy);
        tally.count(request(100));

        assertThat(row(copy)).isEqualTo(before);
        assertThat(row(tally)).isNotEqualTo(before);
    }

    @Test
    void whatWasMergedStaysAsItIs() {
        LatencyTally tally = tally(List.of(request(100)));
        String before = row(tally);
        LatencyTally merged = new LatencyTally();
        merged.countAll(tally);
        merged.count(request(100));
        merged.count(request(50));

        assertThat(row(tally)).isEqualTo(before);
        assertThat(row(merged)).contains("\"durations\":[0.05,0.1],\"counts\":[1,2]");
    }

    private static String row(LatencyTally tally) {
        return new String(
                new LatencyTable(1).of(new Window("a/b/c", 0, 60_000), tally).after(), StandardCharsets.UTF_8);
    }

    private static LatencyTally tally(List<Request> requests) {
        LatencyTally tally = new LatencyTallies().empty();
        requests.forEach(tally::count);
        return tally;
    }

    /** Most of them some milliseconds, a few very long. */
    private static List<Request> requests(Random random) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(request((long) (5_000 * Math.exp(2 * random.nextGaussian()))));
        }
        return requests;
    }

    private static Request request(long micros) {
        return new Request(stamp(), micros, false);
    }

    private static Stamp stamp() {
        return new Stamp(0, 0, 0, null);
    }

    private static LatencyTally written(LatencyTally tally) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        LatencyTallySerializer.INSTANCE.serialize(tally, out);
        return LatencyTallySerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
