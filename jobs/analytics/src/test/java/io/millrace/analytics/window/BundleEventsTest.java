package io.millrace.analytics.window;

import static io.millrace.analytics.window.Harness.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.Visit;
import io.millrace.analytics.functions.PageViewKeying;
import io.millrace.analytics.model.VisitBundles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleEventsTest {

    private static final Slicing SLICING =
            Slicing.of(List.of(WindowShape.tumbling(Duration.ofMinutes(5))), Duration.ZERO, Duration.ZERO);

    private OneInputStreamOperatorTestHarness<PageView, Bundle<Visit>> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new BundleEvents<>(new PageViewKeying(), SLICING));
        harness.setup(VisitBundles.INSTANCE);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void putsTheEventsOfAKeyInASliceTogetherBeforeTheWatermark() throws Exception {
        view("/a", visit(1, "1", 1));
        view("/b", visit(1, "2", 2));
        view("/a", visit(6, "3", 3));
        view("/a", visit(2, "1", 1));
        assertThat(harness.getOutput()).isEmpty();

        harness.processWatermark(new Watermark(9));

        assertThat(harness.extractOutputValues())
                .containsExactly(
                        new Bundle<>("/a", 0, List.of(visit(1, "1", 1), visit(2, "1", 1))),
                        new Bundle<>("/b", 0, List.of(visit(1, "2", 2))),
                        new Bundle<>("/a", 300_000, List.of(visit(6, "3", 3))));
        assertThat(harness.getOutput()).last().isEqualTo(new Watermark(9));
    }

    @Test
    void holdsNothingBackOverACheckpoint() throws Exception {
        view("/a", visit(1, null, 1));

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.extractOutputValues()).hasSize(1);
        assertThat(harness.snapshot(1, 1).hasState()).isFalse();
    }

    @Test
    void holdsNothingBackAtTheEnd() throws Exception {
        view("/a", visit(1, null, 1));

        harness.endInput();
        harness.getOneInputOperator().finish();

        assertThat(harness.extractOutputValues()).hasSize(1);
    }

    @Test
    void holdsNoMoreThanItMay() throws Exception {
        for (int i = 0; i < BundleEvents.MOST_EVENTS; i++) {
            view("/" + i % 3, visit(1, null, i));
        }

        assertThat(harness.extractOutputValues()).hasSize(3);
    }

    /** However long they are, and whatever comes in between: nothing is lost, moved or told twice. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bundlesHoldEachEventOnceInTheOrderInWhichItWasRead(long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, List<Visit>> read = new TreeMap<>();
        long time = 0;
        for (int i = 0; i < 30_000; i++) {
            Visit visit = visit(random.nextInt(60), null, i);
            String page = "/" + random.nextInt(5);
            view(page, visit);
            read.computeIfAbsent(place(page, SLICING.sliceOf(visit.stamp().timestamp())), unseen -> new ArrayList<>())
                    .add(visit);
            if (random.nextInt(2_000) == 0) {
                harness.processWatermark(new Watermark(++time));
            }
            if (random.nextInt(5_000) == 0) {
                harness.prepareSnapshotPreBarrier(i);
            }
        }
        harness.processWatermark(new Watermark(++time));
        Map<String, List<Visit>> bundled = new TreeMap<>();
        for (Bundle<Visit> bundle : harness.extractOutputValues()) {
            bundled.computeIfAbsent(place(bundle.key(), bundle.slice()), unseen -> new ArrayList<>())
                    .addAll(bundle.events());
        }

        assertThat(bundled).isEqualTo(read);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), new Random().longs(3));
    }

    private static String place(String key, long slice) {
        return key + "@" + slice;
    }

    private void view(String page, Visit visit) throws Exception {
        harness.processElement(new StreamRecord<>(new PageView(page, visit, null)));
    }
}
