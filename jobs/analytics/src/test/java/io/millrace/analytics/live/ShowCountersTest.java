package io.millrace.analytics.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.model.MinuteVersion;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.replay.LowerGenerationException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
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

class ShowCountersTest {

    private static final long MINUTE = 60_000;
    private static final Duration DISORDER = Duration.ofSeconds(5);

    private KeyedOneInputStreamOperatorTestHarness<String, Addition, RowChange> harness;

    @BeforeEach
    void open() throws Exception {
        harness = make(1);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void showsEachSecondWhatThereIsUpToNow() throws Exception {
        add("views/", 3, 2);
        add("views/", 4, 1);
        add("views/", 61, 4);
        reach(4);
        harness.setProcessingTime(999);
        assertThat(rows()).isEmpty();

        harness.setProcessingTime(1_000);
        assertThat(rows()).containsExactly("views minute 1, hour 3, today 7");

        harness.setProcessingTime(2_000);
        harness.setProcessingTime(3_000);
        assertThat(rows()).containsExactly("views minute 1, hour 3, today 7", "views minute 1, hour 3, today 7");
        reach(61);
        harness.setProcessingTime(4_000);
        assertThat(rows()).containsExactly("views minute 4, hour 4, today 7");
    }

    @Test
    void aLateEventIsOfItsHourAndDay() throws Exception {
        add("views/", 30, 1);
        reach(30);
        add("views/", 25, 1);
        harness.setProcessingTime(1_000);

        assertThat(rows()).containsExactly("views minute 1, hour 2, today 2");
    }

    @Test
    void showsMoneyExactly() throws Exception {
        harness.processElement(new StreamRecord<>(new Addition("revenue/EUR", 0, new BigDecimal("0.10"), 1)));
        harness.processElement(new StreamRecord<>(new Addition("revenue/EUR", 0, new BigDecimal("0.2"), 1)));
        reach(0.5);
        harness.setProcessingTime(1_000);

        assertThat(rows()).containsExactly("EUR minute \"0.30\", hour \"0.30\", today \"0.30\"");
    }

    @Test
    void aDayWithoutAnEventIsShownAsNothingOnceAndLeavesNoState() throws Exception {
        add("clicks/", 3, 2);
        reach(4);
        harness.setProcessingTime(1_000);
        reach(24 * 60 + 1);
        harness.setProcessingTime(9_000);

        assertThat(rows()).containsExactly("clicks minute 0, hour 2, today 2", "clicks minute 0, hour 0, today 0");
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numProcessingTimeTimers()).isZero();
    }

    /** Whatever is written last counts: a later second never has a lower version. */
    @Test
    void versionsGrowWithTheMinuteAndTheEvents() throws Exception {
        long last = 0;
        for (int i = 0; i < 50; i++) {
            add("views/", i / 3.0, 1);
            reach(i / 2.0);
            harness.setProcessingTime((i + 1) * 1_000L);
            long version = harness.extractOutputValues().get(0).version();
            harness.getOutput().clear();
            assertThat(version).isGreaterThan(last).isEqualTo(MinuteVersion.of(1, i / 2 * MINUTE, i + 1));
            last = version;
        }
        harness.setProcessingTime(51_000);
        assertThat(harness.extractOutputValues())
                .as("a second in which nothing was read")
                .extracting(RowChange::version)
                .containsExactly(last);
    }

    @Test
    void goesOnAfterARestartAsIfNothingHadBeen() throws Exception {
        add("views/", 3, 2);
        reach(4);
        restart(1);
        harness.setProcessingTime(1_000);

        assertThat(rows()).containsExactly("views minute 0, hour 2, today 2");
    }

    @Test
    void doesNotGoOnWithALowerGeneration() {
        assertThatThrownBy(() -> restart(0)).isInstanceOf(LowerGenerationException.class);
    }

    /** See the golden states of windows. */
    @Test
    void countersOfAReleasedVersionAreCountedOn() throws Exception {
        String file = Path.of("src", "test", "resources", "golden", "analytics.show-live-views.state")
                .toString();
        if ("write".equals(System.getProperty("millrace.golden"))) {
            Files.createDirectories(Path.of(file).getParent());
            add("views/", 3, 2);
            OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
        }
        harness.close();
        harness = make(1);
        harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
        harness.open();
        add("views/", 3, 1);
        reach(3.5);
        harness.setProcessingTime(1_000);

        assertThat(rows()).containsExactly("views minute 3, hour 3, today 3");
    }

    private void add(String counter, double minute, long events) throws Exception {
        long start = ((long) minute) * MINUTE;
        harness.processElement(new StreamRecord<>(new Addition(counter, start, BigDecimal.valueOf(events), events)));
    }

    /** Says that events of this minute were read; time is behind them. */
    private void reach(double minute) throws Exception {
        harness.processWatermark(new Watermark((long) (minute * MINUTE) - DISORDER.toMillis() - 1));
    }

    private void restart(int generation) throws Exception {
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = make(generation);
        harness.initializeState(state);
        harness.open();
    }

    private List<String> rows() {
        List<String> rows = harness.extractOutputValues().stream()
                .map(row -> new String(row.after(), StandardCharsets.UTF_8)
                        .replaceAll(
                                "\\{\"(?:counter|currency)\":\"(.*?)\",\"minute\":(.*?),\"hour\":(.*?),\"today\":(.*?),.*",
                                "$1 minute $2, hour $3, today $4"))
                .toList();
        harness.getOutput().clear();
        return rows;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Addition, RowChange> make(int generation)
            throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ShowCounters(new LiveTable(generation, ZoneId.of("UTC")), DISORDER)),
                Addition::counter,
                Types.STRING);
        made.setup(RowChangeTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        return made;
    }
}
