package io.millrace.analytics.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Bundle;
import io.millrace.analytics.window.CountedMetrics;
import io.millrace.analytics.window.LateEvents;
import io.millrace.analytics.window.SlicedWindow;
import io.millrace.analytics.window.Slicing;
import io.millrace.analytics.window.WindowShape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FollowSearchesTest {

    private static final long MINUTE = 60_000;

    private final CountedMetrics metrics = new CountedMetrics("search_terms_5min");
    private StateBackend backend;
    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<Interaction>, TermHit> harness;

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    private void open(StateBackend chosen) throws Exception {
        backend = chosen;
        harness = make();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aClickWithinFiveMinutesIsToldOfTheSearchAtItsTime(StateBackend chosen) throws Exception {
        open(chosen);
        search("a", 1, "shoes", true);
        click("b", 6);
        click("c", 6.1);

        assertThat(hits())
                .containsExactly("shoes@1 searches 1 empty 0 clicked 0", "shoes@1 searches 0 empty 0 clicked 1");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aLaterClickFollowsFromNothing(StateBackend chosen) throws Exception {
        open(chosen);
        search("a", 1, "shoes", false);
        click("b", 6.1);

        assertThat(hits()).containsExactly("shoes@1 searches 1 empty 1 clicked 0");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aSearchThatIsReadLateTakesTheClickOver(StateBackend chosen) throws Exception {
        open(chosen);
        search("a", 1, "shoes", true);
        click("c", 4);
        hits();
        search("b", 3, "boots", true);

        assertThat(hits())
                .containsExactly(
                        "boots@3 searches 1 empty 0 clicked 0",
                        "shoes@1 searches 0 empty 0 clicked -1",
                        "boots@3 searches 0 empty 0 clicked 1");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatIsToldTwiceIsOne(StateBackend chosen) throws Exception {
        open(chosen);
        search("a", 1, "shoes", true);
        search("a", 1, "shoes", true);
        click("b", 2);
        click("b", 2);
        process(new Interaction(stamp("a", 1), 7, "shoes", true, false));

        assertThat(hits()).hasSize(2);
        assertThat(metrics.text())
                .as("duplicates, late and corrected; what is counted elsewhere is no duplicate")
                .isEqualTo("2 0 0");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aSearchStaysClickedThroughWhateverFollows(StateBackend chosen) throws Exception {
        open(chosen);
        search("a", 1, "shoes", true);
        click("b", 1.2);
        reach(4);
        assertThat(hits()).hasSize(2);
        search("c", 4.5, "boots", true);

        assertThat(hits()).containsExactly("boots@4 searches 1 empty 0 clicked 0");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatIsRepeatedWhileItsWindowIsOpenIsKnown(StateBackend chosen) throws Exception {
        open(chosen);
        search("a", 1, "shoes", true);
        click("b", 1.2);
        hits();
        reach(10);
        search("a", 1, "shoes", true);
        click("b", 1.2);

        assertThat(hits()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aSearchThatIsCountedElsewhereIsOnlyClicked(StateBackend chosen) throws Exception {
        open(chosen);
        process(new Interaction(stamp("a", 1), 7, "shoes", true, false));
        click("b", 2);

        assertThat(hits()).containsExactly("shoes@1 searches 0 empty 0 clicked 1");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aClickThatIsTooLateIsTold(StateBackend chosen) throws Exception {
        open(chosen);
        search("a", 1, "shoes", true);
        hits();
        reach(10.9);
        click("b", 2);
        assertThat(hits()).as("the control: it is late").hasSize(1);
        reach(11);
        click("c", 3);
        search("d", 3, "boots", true);

        assertThat(hits()).isEmpty();
        assertThat(late()).containsExactly("session/s 1970-01-01T00:00:00Z 300", "boots 1970-01-01T00:00:00Z 300");
        assertThat(metrics.text()).as("duplicates, late and corrected").isEqualTo("0 2 0");
    }

    /** Its own 5 minutes count, but those of the search do not. */
    @ParameterizedTest
    @MethodSource("backends")
    void aClickThatIsTooLateForItsSearchIsToldAndNotWhatItWouldHaveChanged(StateBackend chosen) throws Exception {
        open(chosen);
        search("a", 4, "shoes", true);
        hits();
        reach(11.5);
        click("b", 6);

        assertThat(hits()).isEmpty();
        assertThat(late()).containsExactly("shoes 1970-01-01T00:00:00Z 600");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRestartChangesNothing(StateBackend chosen) throws Exception {
        open(chosen);
        search("a", 4, "shoes", true);
        reach(11.5);
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = make();
        harness.initializeState(state);
        harness.open();
        click("b", 6);
        click("c", 3);

        assertThat(hits()).isEmpty();
        assertThat(late()).hasSize(2);
    }

    @Test
    void keepsWhatMayStillMatterAndNoState() throws Exception {
        open(new HashMapStateBackend());
        search("a", 1, "shoes", true);
        reach(6.9);
        click("b", 6);
        assertThat(hits()).hasSize(2);

        reach(17.1);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    /** See the golden states of windows. */
    @Test
    void searchesOfAReleasedVersionAreClickedThrough() throws Exception {
        open(new HashMapStateBackend());
        String file = Path.of("src", "test", "resources", "golden", "analytics.follow-searches.state")
                .toString();
        if ("write".equals(System.getProperty("millrace.golden"))) {
            Files.createDirectories(Path.of(file).getParent());
            search("a", 1, "shoes", true);
            OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
        }
        harness.close();
        harness = make();
        harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
        harness.open();
        search("a", 1, "shoes", true);
        click("b", 2);

        assertThat(hits()).containsExactly("shoes@1 searches 0 empty 0 clicked 1");
    }

    private void search(String name, double minute, String term, boolean found) throws Exception {
        process(new Interaction(stamp(name, minute), 7, term, found, true));
    }

    private void click(String name, double minute) throws Exception {
        process(new Interaction(stamp(name, minute), 7, null, true, true));
    }

    private void process(Interaction interaction) throws Exception {
        long slice = Math.floorDiv(interaction.stamp().timestamp(), 5 * MINUTE) * 5 * MINUTE;
        harness.processElement(new StreamRecord<>(new Bundle<>("session/s", slice, List.of(interaction))));
    }

    private static Stamp stamp(String name, double minute) {
        return new Stamp(0, Math.round(minute * 100), Math.round(minute * MINUTE), EventId.of(name));
    }

    private void reach(double minute) throws Exception {
        harness.processWatermark(new Watermark(Math.round(minute * MINUTE) - 1));
    }

    /** Returns key, window and offset of what was too late. */
    private List<String> late() {
        return harness.getSideOutput(SlicedWindow.LATE).stream()
                .map(record -> new String(record.getValue().value(), StandardCharsets.UTF_8)
                        .replaceAll(".*\"key\":\"(.*?)\",\"windowStart\":\"(.*?)\".*\"offset\":(\\d+).*", "$1 $2 $3"))
                .toList();
    }

    private List<String> hits() {
        List<TermHit> told = new ArrayList<>(harness.extractOutputValues());
        Queue<StreamRecord<TermHit>> clicked = harness.getSideOutput(FollowSearches.CLICKED);
        if (clicked != null) {
            clicked.forEach(hit -> told.add(hit.getValue()));
            clicked.clear();
        }
        List<String> hits = told.stream()
                .map(hit -> hit.term() + "@" + hit.stamp().timestamp() / MINUTE + " searches "
                        + hit.hit().searches() + " empty " + hit.hit().empty() + " clicked "
                        + hit.hit().clicked())
                .toList();
        harness.getOutput().clear();
        return hits;
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<Interaction>, TermHit> make() throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FollowSearches(
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(11),
                        Slicing.of(
                                List.of(WindowShape.tumbling(Duration.ofMinutes(5))),
                                Duration.ofMinutes(6),
                                Duration.ofMinutes(10)),
                        new LateEvents("late-events", "analytics", "search_terms_5min", "user-actions"))),
                Bundle<Interaction>::key,
                Types.STRING,
                metrics.environment());
        made.setStateBackend(backend);
        made.setup(TermHitSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        return made;
    }
}
