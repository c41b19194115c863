package io.millrace.analytics.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowSearchesTest {

    private static final long MINUTE = 60_000;

    private KeyedOneInputStreamOperatorTestHarness<String, Bundle<Interaction>, TermHit> harness;

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
    void aClickWithinFiveMinutesIsToldOfTheSearchAtItsTime() throws Exception {
        search("a", 1, "shoes", true);
        click("b", 6);
        click("c", 6.1);

        assertThat(hits())
                .containsExactly("shoes@1 searches 1 empty 0 clicked 0", "shoes@1 searches 0 empty 0 clicked 1");
    }

    @Test
    void aLaterClickFollowsFromNothing() throws Exception {
        search("a", 1, "shoes", false);
        click("b", 6.1);

        assertThat(hits()).containsExactly("shoes@1 searches 1 empty 1 clicked 0");
    }

    @Test
    void aSearchThatIsReadLateTakesTheClickOver() throws Exception {
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

    @Test
    void whatIsToldTwiceIsOne() throws Exception {
        search("a", 1, "shoes", true);
        search("a", 1, "shoes", true);
        click("b", 2);
        click("b", 2);

        assertThat(hits()).hasSize(2);
    }

    @Test
    void aSearchStaysClickedThroughWhateverFollows() throws Exception {
        search("a", 1, "shoes", true);
        click("b", 1.2);
        reach(4);
        assertThat(hits()).hasSize(2);
        search("c", 4.5, "boots", true);

        assertThat(hits()).containsExactly("boots@4 searches 1 empty 0 clicked 0");
    }

    @Test
    void whatIsRepeatedWhileItsWindowIsOpenIsKnown() throws Exception {
        search("a", 1, "shoes", true);
        click("b", 1.2);
        hits();
        reach(10);
        search("a", 1, "shoes", true);
        click("b", 1.2);

        assertThat(hits()).isEmpty();
    }

    @Test
    void keepsWhatMayStillMatterAndNoState() throws Exception {
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
        process(new Interaction(stamp(name, minute), 7, term, found));
    }

    private void click(String name, double minute) throws Exception {
        process(new Interaction(stamp(name, minute), 7, null, true));
    }

    private void process(Interaction interaction) throws Exception {
        harness.processElement(new StreamRecord<>(new Bundle<>("session/s", 0, List.of(interaction))));
    }

    private static Stamp stamp(String name, double minute) {
        return new Stamp(0, Math.round(minute * 100), Math.round(minute * MINUTE), EventId.of(name));
    }

    private void reach(double minute) throws Exception {
        harness.processWatermark(new Watermark(Math.round(minute * MINUTE) - 1));
    }

    private List<String> hits() {
        List<String> hits = harness.extractOutputValues().stream()
                .map(hit -> hit.term() + "@" + hit.stamp().timestamp() / MINUTE + " searches "
                        + hit.hit().searches() + " empty " + hit.hit().empty() + " clicked "
                        + hit.hit().clicked())
                .toList();
        harness.getOutput().clear();
        return hits;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Bundle<Interaction>, TermHit> make()
            throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new FollowSearches(Duration.ofMinutes(5), Duration.ofMinutes(11))),
                Bundle<Interaction>::key,
                Types.STRING);
        made.setup(TermHitSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        return made;
    }
}
