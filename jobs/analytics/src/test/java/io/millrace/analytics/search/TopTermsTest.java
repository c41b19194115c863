package io.millrace.analytics.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.replay.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopTermsTest {

    private static final long MINUTE = 60_000;
    private static final int MOST = 2;

    private StateBackend backend = new HashMapStateBackend();
    private KeyedOneInputStreamOperatorTestHarness<Long, TermResult, RowChange> harness;

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2), new Random().longs(20));
    }

    @BeforeEach
    void open() throws Exception {
        harness = make();
        harness.open();
    }

    private void openOn(StateBackend chosen) throws Exception {
        close();
        backend = chosen;
        open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void showsTheTermsThatWereSearchedForMost(StateBackend chosen) throws Exception {
        openOn(chosen);
        term("shoes", 3);
        term("boots", 2);
        term("hats", 2);
        term("bags", 1);
        assertThat(harness.getOutput()).isEmpty();
        reach(5);

        assertThat(rows()).containsExactlyInAnyOrder("shoes 3 v8", "boots 2 v8");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void takesBackInTheSameEmissionWhatACorrectionDisplaces(StateBackend chosen) throws Exception {
        openOn(chosen);
        term("shoes", 3);
        term("boots", 2);
        term("hats", 1);
        reach(5);
        rows();
        term("hats", 4);
        assertThat(harness.getOutput()).isEmpty();
        reach(6);

        assertThat(rows()).containsExactlyInAnyOrder("hats 4 v9", "boots gone v9");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void writesOnlyWhatHasChanged(StateBackend chosen) throws Exception {
        openOn(chosen);
        term("shoes", 3);
        term("boots", 2);
        reach(5);
        rows();
        term("shoes", 4);
        reach(6);

        assertThat(rows()).containsExactly("shoes 4 v6");
    }

    @Test
    void leavesNoStateOnceNothingCanChange() throws Exception {
        term("shoes", 3);
        reach(10.9);
        assertThat(harness.numKeyedStateEntries()).isPositive();
        reach(11.1);

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    /** A table that keeps the highest version of each row, whatever the order in which it takes them. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theTableEndsWithTheTopOfTheLastCorrection(long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, Long> counts = new HashMap<>();
        Map<String, RowChange> table = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            String name = "term " + random.nextInt(6);
            term(name, counts.merge(name, 1L, Long::sum));
            if (random.nextInt(4) == 0) {
                reach(5 + i / 12.0);
            }
        }
        reach(10.9);
        List<RowChange> written = new java.util.ArrayList<>(harness.extractOutputValues());
        java.util.Collections.shuffle(written, random);
        for (RowChange row : written) {
            table.merge(key(row), row, (one, other) -> one.version() >= other.version() ? one : other);
        }

        assertThat(shown(table)).isEqualTo(naive(counts));
    }

    /** What the lost attempt had shown in between, the second one never shows; see the control below. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLeftOfAnAttemptThatFailed(long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, Long> counts = new HashMap<>();

        assertThat(playTwice(counts, random.nextBoolean() ? 7 : 5.1 - 60, random))
                .isEqualTo(naive(counts));
    }

    /** The control: with a clock by which no attempt can have shown anything, nor an hour later. */
    @Test
    void somethingWouldBeLeftOfIt() throws Exception {
        int wrong = 0;
        for (long seed = 1; seed <= 30; seed++) {
            Map<String, Long> counts = new HashMap<>();
            wrong += playTwice(counts, 4.9 - 60, new Random(seed)).equals(naive(counts)) ? 0 : 1;
        }
        assertThat(wrong).isPositive();
    }

    /**
     * Counts, fails, and counts from the checkpoint the same and more in one go.
     *
     * @param clock when the second attempt starts, in minutes
     */
    private Set<String> playTwice(Map<String, Long> counts, double clock, Random random) throws Exception {
        harness.close();
        harness = make();
        harness.open();
        count(counts, 6, random);
        OperatorSubtaskState checkpoint = harness.snapshot(1, 1);
        for (int i = 0; i < 20; i++) {
            count(counts, 1, random);
            reach(5 + i / 20.0);
        }
        List<RowChange> written = new java.util.ArrayList<>(harness.extractOutputValues());
        for (int i = 0; i < 15; i++) {
            counts.merge("term " + random.nextInt(6), 1L, Long::sum);
        }
        harness.close();
        harness = make();
        harness.initializeState(checkpoint);
        harness.open();
        harness.setProcessingTime(Math.round(clock * MINUTE));
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            term(count.getKey(), count.getValue());
        }
        reach(20);
        written.addAll(harness.extractOutputValues());
        assertThat(harness.numKeyedStateEntries()).isZero();
        Map<String, RowChange> table = new HashMap<>();
        for (RowChange row : written) {
            table.merge(key(row), row, (one, other) -> other.version() >= one.version() ? other : one);
        }
        return shown(table);
    }

    private static Set<String> shown(Map<String, RowChange> table) {
        TreeSet<String> shown = new TreeSet<>();
        table.values().stream()
                .filter(row -> !row.isDelete())
                .map(row -> key(row) + " " + searches(row))
                .forEach(shown::add);
        return shown;
    }

    private static String searches(RowChange row) {
        return new String(row.after(), StandardCharsets.UTF_8).replaceAll(".*\"searches\":(\\d+),.*", "$1");
    }

    private void count(Map<String, Long> counts, int times, Random random) throws Exception {
        for (int i = 0; i < times; i++) {
            String name = "term " + random.nextInt(6);
            term(name, counts.merge(name, 1L, Long::sum));
        }
    }

    private static Set<String> naive(Map<String, Long> counts) {
        TreeSet<String> top = new TreeSet<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .forEach(entry -> top.add(entry.getKey() + " " + entry.getValue()));
        return top;
    }

    /** See the golden states of windows. */
    @Test
    void termsOfAReleasedVersionAreKnownAndShown() throws Exception {
        String file = Path.of("src", "test", "resources", "golden", "analytics.top-search-terms.state")
                .toString();
        if ("write".equals(System.getProperty("millrace.golden"))) {
            Files.createDirectories(Path.of(file).getParent());
            term("shoes", 3);
            term("boots", 2);
            term("hats", 1);
            reach(5);
            OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
        }
        harness.close();
        harness = make();
        harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
        harness.open();
        term("hats", 4);
        reach(6);

        assertThat(rows()).containsExactlyInAnyOrder("hats 4 v9", "boots gone v9");
    }

    private void term(String term, long searches) throws Exception {
        harness.processElement(new StreamRecord<>(new TermResult(0, term, searches, 1, 0, 0, searches, 0)));
    }

    private void reach(double minute) throws Exception {
        harness.processWatermark(new Watermark(Math.round(minute * MINUTE) - 1));
    }

    private List<String> rows() {
        List<String> rows = harness.extractOutputValues().stream()
                .map(row -> key(row) + " "
                        + (row.isDelete() ? "gone" : searches(row))
                        + " v" + Version.position(row.version()))
                .toList();
        harness.getOutput().clear();
        return rows;
    }

    private static String key(RowChange row) {
        return new String(row.key(), StandardCharsets.UTF_8).replaceAll(".*\"term\":\"(.*)\".*", "$1");
    }

    private KeyedOneInputStreamOperatorTestHarness<Long, TermResult, RowChange> make() throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new TopTerms(MOST, 5 * MINUTE, 6 * MINUTE, new SearchTermsTable(1))),
                TermResult::start,
                Types.LONG);
        made.setStateBackend(backend);
        made.setup(RowChangeTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        return made;
    }
}
