package io.millrace.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Visit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountOnceTest {

    private static final Duration HORIZON = Duration.ofMinutes(10);
    private static final Slicing SLICING =
            Slicing.of(List.of(WindowShape.tumbling(Duration.ofMinutes(1))), HORIZON, HORIZON);

    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, Told> harness;

    @BeforeEach
    void open() throws Exception {
        harness = make();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void passesOnAtOnceWhatIsNew() throws Exception {
        count(Harness.visit(1, "a", 1), Harness.visit(1.5, "b", 2), Harness.visit(1, "a", 1));
        count(Harness.visit(1, "b", 2), Harness.visit(1, "c", 4), Harness.visit(1, null, 8));
        count(Harness.visit(1, "c", 4));

        assertThat(harness.extractOutputValues())
                .containsExactly(
                        new Told("key", Harness.MINUTE, 2 * Harness.MINUTE, 2, 0, 3),
                        new Told("key", Harness.MINUTE, 2 * Harness.MINUTE, 2, 0, 12));
    }

    @Test
    void knowsNamesAsLongAsTheirMinutesCount() throws Exception {
        count(Harness.visit(1, "a", 1));
        reach(11.9);
        count(Harness.visit(1, "a", 1), Harness.visit(1, "b", 2));
        reach(12);
        count(Harness.visit(1, "a", 1), Harness.visit(1, "c", 4));

        assertThat(harness.extractOutputValues())
                .extracting(Told::sum, Told::late)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, 0L), org.assertj.core.groups.Tuple.tuple(2L, 1L));
        assertThat(harness.getSideOutput(SlicedWindow.LATE)).hasSize(1);
    }

    @Test
    void leavesNoState() throws Exception {
        for (int minute = 0; minute < 60; minute++) {
            count(Harness.visit(minute, "event " + minute, 1), Harness.visit(minute, null, 1));
            reach(minute);
        }
        assertThat(harness.numKeyedStateEntries()).isPositive();
        reach(200);

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void aRestartForgetsNeitherNamesNorTime() throws Exception {
        count(Harness.visit(1, "a", 1));
        reach(12);
        restart(harness.snapshot(1, 1));
        count(Harness.visit(2, "a", 1));
        count(Harness.visit(1, "late", 1));

        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(harness.getSideOutput(SlicedWindow.LATE)).hasSize(1);
    }

    /** See {@link GoldenStateTest}. */
    @Test
    void namesOfAReleasedVersionAreKnown() throws Exception {
        String file = Path.of("src", "test", "resources", "golden", "analytics.count-live-views.state")
                .toString();
        if ("write".equals(System.getProperty("millrace.golden"))) {
            Files.createDirectories(Path.of(file).getParent());
            count(Harness.visit(1, "a", 1));
            OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
        }
        restart(OperatorSnapshotUtil.readStateHandle(file));
        count(Harness.visit(1, "a", 1), Harness.visit(1, "b", 2));

        assertThat(harness.extractOutputValues()).extracting(Told::sum).containsExactly(2L);
    }

    private void count(Visit... visits) throws Exception {
        long slice = SLICING.sliceOf(visits[0].stamp().timestamp());
        harness.processElement(new StreamRecord<>(new Bundle<>("key", slice, List.of(visits))));
    }

    private void reach(double minute) throws Exception {
        harness.processWatermark(new Watermark(Math.round(minute * Harness.MINUTE) - 1));
    }

    private void restart(OperatorSubtaskState state) throws Exception {
        harness.close();
        harness = make();
        harness.initializeState(state);
        harness.open();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bundle<Visit>, Told> make() throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CountOnce<Visit, Sums, Told>(
                        SLICING, Sums::new, Told.FORM, new LateEvents("late-events", "analytics", "sums", "visits"))),
                Bundle<Visit>::key,
                Types.STRING);
        made.setup(new Told.Serializer());
        return made;
    }
}
