package io.millrace.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Visit;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Those of windows and of counters; sessions, searches and experiments have tests of their own. */
class ResultMetricsTest {

    private static final Slicing SLICING = Slicing.of(
            List.of(WindowShape.tumbling(Duration.ofMinutes(5))), Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final LateEvents LATE = new LateEvents("late-events", "analytics", "sums", "visits");

    private final CountedMetrics metrics = new CountedMetrics("sums");

    @Test
    void aWindowCountsWhatIsToldAgainTooLateOrCorrected() throws Exception {
        try (var harness = harness(new SlicedWindow<Visit, Sums, Told>(SLICING, Sums.KIND, Told.FORM, LATE, 1))) {
            play(harness);
        }
        assertThat(metrics.text()).isEqualTo("2 1 1");
    }

    /** Which is never shown before it has ended. */
    @Test
    void aCounterCountsWhatIsToldAgainOrTooLate() throws Exception {
        Slicing untilForgotten = Slicing.of(SLICING.shapes(), Duration.ofMinutes(1), Duration.ofMinutes(10));
        try (var harness = harness(new CountOnce<Visit, Sums, Told>(untilForgotten, Sums::new, Told.FORM, LATE))) {
            play(harness);
        }
        assertThat(metrics.text()).isEqualTo("2 1 0");
    }

    private static void play(KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, Told> harness)
            throws Exception {
        count(harness, Harness.visit(1, "a", 1), Harness.visit(1, "a", 1));
        harness.processWatermark(new Watermark(5 * Harness.MINUTE));
        count(harness, Harness.visit(2, "b", 1), Harness.visit(1, "a", 1));
        harness.processWatermark(new Watermark(6 * Harness.MINUTE));
        count(harness, Harness.visit(3, "c", 1));
    }

    private static void count(
            KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, Told> harness, Visit... visits)
            throws Exception {
        harness.processElement(new StreamRecord<>(new Bundle<>("key", 0, List.of(visits))));
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, Told> harness(
            KeyedProcessFunction<String, Bundle<Visit>, Told> function) throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(function), Bundle<Visit>::key, Types.STRING, metrics.environment());
        made.setup(new Told.Serializer());
        made.open();
        return made;
    }
}
