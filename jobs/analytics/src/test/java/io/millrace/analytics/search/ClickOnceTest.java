package io.millrace.analytics.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Stamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
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

class ClickOnceTest {

    private StateBackend backend = new HashMapStateBackend();
    private KeyedOneInputStreamOperatorTestHarness<String, TermHit, TermHit> harness;

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
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
    void aSearchThatBothSayIsClickedThroughIsSoOnce(StateBackend chosen) throws Exception {
        openOn(chosen);
        clicked(1, 1);
        clicked(1, 1);
        clicked(2, 1);

        assertThat(told()).containsExactly("1: 1", "2: 1");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void itIsSoUntilNeitherSaysIt(StateBackend chosen) throws Exception {
        openOn(chosen);
        clicked(1, 1);
        clicked(1, 1);
        clicked(1, -1);
        assertThat(told()).containsExactly("1: 1");
        clicked(1, -1);
        clicked(1, 1);

        assertThat(told()).containsExactly("1: -1", "1: 1");
    }

    @Test
    void leavesNoState() throws Exception {
        clicked(1, 1);
        clicked(2, 1);
        clicked(2, -1);
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        harness.processWatermark(new Watermark(11 * 60_000));

        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    /** See the golden states of windows. */
    @Test
    void whatAReleasedVersionHasToldIsKnown() throws Exception {
        String file = Path.of("src", "test", "resources", "golden", "analytics.click-once.state")
                .toString();
        if ("write".equals(System.getProperty("millrace.golden"))) {
            Files.createDirectories(Path.of(file).getParent());
            clicked(1, 1);
            OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
        }
        harness.close();
        harness = make();
        harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
        harness.open();
        clicked(1, 1);
        clicked(3, 1);

        assertThat(told()).containsExactly("3: 1");
    }

    private void clicked(long search, int change) throws Exception {
        Stamp stamp = new Stamp(0, search, 0, null);
        harness.processElement(new StreamRecord<>(new TermHit("shoes", new Hit(stamp, 7, 0, 0, change))));
    }

    private List<String> told() {
        List<String> told = harness.extractOutputValues().stream()
                .map(hit -> hit.stamp().offset() + ": " + hit.hit().clicked())
                .toList();
        harness.getOutput().clear();
        return told;
    }

    private KeyedOneInputStreamOperatorTestHarness<String, TermHit, TermHit> make() throws Exception {
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ClickOnce(Duration.ofMinutes(11))), ClickOnce::search, Types.STRING);
        made.setStateBackend(backend);
        made.setup(TermHitSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
        return made;
    }
}
