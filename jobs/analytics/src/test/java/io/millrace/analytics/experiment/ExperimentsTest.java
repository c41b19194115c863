package io.millrace.analytics.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Exposure;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Stamp;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentsTest {

    private Experiments experiments;

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    private void open(StateBackend backend) throws Exception {
        experiments = new Experiments(backend);
    }

    @AfterEach
    void close() throws Exception {
        experiments.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void countsWhoWasShownWhatAndWhatTheyPaid(StateBackend backend) throws Exception {
        open(backend);
        experiments.show("ada", "a", 1);
        experiments.show("ada", "a", 2);
        experiments.show("bob", "b", 3);
        experiments.show("eve", "b", 3);
        experiments.buy("bob", "19.99", "EUR", 4);
        experiments.buy("bob", "0.01", "EUR", 5);
        experiments.buy("bob", "7", "USD", 6);
        assertThat(experiments.rows()).isEmpty();
        experiments.reach(60);

        assertThat(experiments.rows())
                .containsExactly(
                        "0 a [] 2x, users 1/1, bought 0/0, crossed 0, orders 0 of 0, late 0 v7",
                        "0 a [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v7",
                        "0 a [USD] 0x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v7",
                        "0 b [] 2x, users 2/2, bought 1/1, crossed 0, orders 3 of 0, late 0 v7",
                        "0 b [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 2 of 20.00, late 0 v7",
                        "0 b [USD] 0x, users 0/0, bought 0/0, crossed 0, orders 1 of 7, late 0 v7");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aUserOfSeveralHoursIsNewAndConvertsOnce(StateBackend backend) throws Exception {
        open(backend);
        experiments.show("ada", "a", 1);
        experiments.show("ada", "a", 61);
        experiments.buy("ada", "1", "EUR", 62);
        experiments.buy("ada", "1", "EUR", 122);
        experiments.show("ada", "a", 181);
        experiments.buy("ada", "1", "EUR", 182);
        experiments.reach(240);

        assertThat(experiments.rows())
                .filteredOn(row -> row.contains("[]"))
                .containsExactly(
                        "0 a [] 1x, users 1/1, bought 0/0, crossed 0, orders 0 of 0, late 0 v1",
                        "3600000 a [] 1x, users 1/0, bought 1/1, crossed 0, orders 1 of 0, late 0 v2",
                        "7200000 a [] 0x, users 0/0, bought 0/0, crossed 0, orders 1 of 0, late 0 v1",
                        "10800000 a [] 1x, users 1/0, bought 1/0, crossed 0, orders 1 of 0, late 0 v2");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aPurchaseBeforeTheVariantWasShownIsOfNone(StateBackend backend) throws Exception {
        open(backend);
        experiments.buy("ada", "5", "EUR", 1);
        experiments.show("ada", "a", 2);
        experiments.reach(60);

        assertThat(experiments.rows())
                .containsExactly("0 a [] 1x, users 1/1, bought 0/0, crossed 0, orders 0 of 0, late 0 v1");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aPurchaseThatShowsTheVariantItselfConverts(StateBackend backend) throws Exception {
        open(backend);
        Stamp stamp = new Stamp(0, 1, Experiments.MINUTE, EventId.of("both"));
        experiments.step("ada", new UserStep(stamp, new Exposure("x", "a"), new Money(BigDecimal.TEN, "EUR")));
        experiments.reach(60);

        assertThat(experiments.rows())
                .containsExactly(
                        "0 a [] 1x, users 1/1, bought 1/1, crossed 0, orders 1 of 0, late 0 v2",
                        "0 a [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 1 of 10, late 0 v2");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aUserWhoIsShownTwoVariantsIsOfTheFirst(StateBackend backend) throws Exception {
        open(backend);
        experiments.show("ada", "b", 5);
        experiments.buy("ada", "5", "EUR", 6);
        experiments.show("ada", "a", 4);
        experiments.show("ada", "b", 61);
        experiments.reach(120);

        assertThat(experiments.rows())
                .containsExactly(
                        "0 a [] 1x, users 1/1, bought 1/1, crossed 1, orders 1 of 0, late 0 v3",
                        "0 a [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 1 of 5, late 0 v3",
                        "0 b [] 1x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v3",
                        "0 b [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v3",
                        "3600000 a [] 0x, users 1/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v1",
                        "3600000 b [] 1x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v1");
    }

    /** Which also takes the order over, in the same emission and under a higher version. */
    @ParameterizedTest
    @MethodSource("backends")
    void aLateExposureMovesItsUserToAnotherVariant(StateBackend backend) throws Exception {
        open(backend);
        experiments.show("ada", "b", 5);
        experiments.buy("ada", "5", "EUR", 6);
        experiments.reach(60);
        experiments.rows();
        experiments.show("ada", "a", 4);

        assertThat(experiments.rows())
                .containsExactly(
                        "0 a [] 1x, users 1/1, bought 1/1, crossed 1, orders 1 of 0, late 1 v3",
                        "0 a [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 1 of 5, late 1 v3",
                        "0 b [] 1x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 1 v3",
                        "0 b [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 1 v3");
    }

    /** The next hour has begun, and is counted with what the late one says. */
    @ParameterizedTest
    @MethodSource("backends")
    void aLateExposureCountsForTheNextHourToo(StateBackend backend) throws Exception {
        open(backend);
        experiments.show("ada", "b", 60.2);
        experiments.buy("ada", "5", "EUR", 60.3);
        experiments.reach(60.5);
        experiments.show("ada", "a", 4);
        experiments.reach(120);

        assertThat(experiments.rows())
                .containsExactly(
                        "0 a [] 1x, users 1/1, bought 0/0, crossed 0, orders 0 of 0, late 1 v1",
                        "3600000 a [] 0x, users 1/0, bought 1/1, crossed 1, orders 1 of 0, late 0 v2",
                        "3600000 a [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 1 of 5, late 0 v2",
                        "3600000 b [] 1x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v2",
                        "3600000 b [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v2");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatIsTooLateIsToldAndCountsNowhere(StateBackend backend) throws Exception {
        open(backend);
        experiments.show("ada", "a", 1);
        experiments.reach(61);
        experiments.rows();
        experiments.show("ada", "a", 2);
        experiments.buy("ada", "1", "EUR", 3);

        assertThat(experiments.rows()).isEmpty();
        assertThat(experiments.late()).isEqualTo(2);
        assertThat(experiments.metrics()).as("duplicates, late, corrected").isEqualTo("0 2 0");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anEventThatIsToldTwiceIsOne(StateBackend backend) throws Exception {
        open(backend);
        UserStep step =
                new UserStep(new Stamp(0, 1, Experiments.MINUTE, EventId.of("once")), new Exposure("x", "a"), null);
        experiments.bundle("ada", List.of(step, step));
        experiments.reach(60.5);
        experiments.step("ada", step);
        experiments.reach(62);
        experiments.step("ada", step);

        assertThat(experiments.rows())
                .containsExactly("0 a [] 1x, users 1/1, bought 0/0, crossed 0, orders 0 of 0, late 0 v1");
        assertThat(experiments.late()).isZero();
        assertThat(experiments.metrics()).as("duplicates, late, corrected").isEqualTo("3 0 0");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whoComesBackAfterTheConfiguredTimeComesAnew(StateBackend backend) throws Exception {
        open(backend);
        experiments.show("ada", "a", 1);
        experiments.show("ada", "b", 47 * 60 + 1);
        experiments.show("eve", "a", 1);
        experiments.show("eve", "b", 49 * 60 + 1);
        experiments.buy("ada", "1", "EUR", 47 * 60 + 2);
        experiments.reach(50 * 60);

        assertThat(experiments.rows())
                .filteredOn(row -> row.contains("users 1/1"))
                .containsExactly("176400000 b [] 1x, users 1/1, bought 0/0, crossed 0, orders 0 of 0, late 0 v1");
    }

    @Test
    void leavesNoState() throws Exception {
        open(new HashMapStateBackend());
        experiments.show("ada", "a", 1);
        experiments.buy("ada", "1", "EUR", 2);
        experiments.buy("bob", "1", "EUR", 2);
        experiments.reach(121);
        assertThat(experiments.stateEntries())
                .as("ada's part, and the experiment")
                .containsExactly(1, 0, 1);
        experiments.show("ada", "a", 47 * 60);
        experiments.reach(50 * 60 + 1);
        assertThat(experiments.stateEntries()).as("it was shown again").containsExactly(1, 0, 1);
        experiments.reach(200 * 60);

        assertThat(experiments.stateEntries()).containsExactly(0, 0, 0);
        assertThat(experiments.timers()).containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRestartChangesNothing(StateBackend backend) throws Exception {
        open(backend);
        experiments.show("ada", "a", 1);
        experiments.reach(61.5);
        experiments.rows();
        experiments.restart(experiments.state());
        experiments.show("eve", "a", 2);
        assertThat(experiments.late()).isEqualTo(1);
        experiments.show("ada", "b", 62);
        experiments.reach(120);

        assertThat(experiments.rows())
                .containsExactly(
                        "3600000 a [] 0x, users 1/0, bought 0/0, crossed 1, orders 0 of 0, late 0 v1",
                        "3600000 b [] 1x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v1");
    }

    /** See the golden states of windows: parts that are settled, an open hour, and how the variants stand. */
    @Test
    void experimentsOfAReleasedVersionGoOn() throws Exception {
        open(new HashMapStateBackend());
        if ("write".equals(System.getProperty("millrace.golden"))) {
            Files.createDirectories(Path.of(golden("assign-variants")).getParent());
            experiments.show("ada", "b", 1);
            experiments.show(600, "a", 2);
            experiments.show(399, "b", 2);
            experiments.reach(62);
            experiments.show("eve", "b", 70);
            experiments.buy("ada", "1.10", "EUR", 71);
            Experiments.State state = experiments.state();
            OperatorSnapshotUtil.writeStateHandle(state.assign(), golden("assign-variants"));
            OperatorSnapshotUtil.writeStateHandle(state.count(), golden("count-experiments"));
            OperatorSnapshotUtil.writeStateHandle(state.judge(), golden("judge-experiments"));
        }
        experiments.restart(new Experiments.State(
                OperatorSnapshotUtil.readStateHandle(golden("assign-variants")),
                OperatorSnapshotUtil.readStateHandle(golden("count-experiments")),
                OperatorSnapshotUtil.readStateHandle(golden("judge-experiments"))));
        experiments.show("ada", "a", 72);
        experiments.show("eve", "a", 69);
        experiments.reach(120);

        assertThat(experiments.rows())
                .containsExactly(
                        "3600000 a [] 2x, users 1/1, bought 0/0, crossed 1, orders 0 of 0, late 0 v4",
                        "3600000 a [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 0 of 0, late 0 v4",
                        "3600000 b [] 1x, users 1/0, bought 1/1, crossed 1, orders 1 of 0, late 0 v4",
                        "3600000 b [EUR] 0x, users 0/0, bought 0/0, crossed 0, orders 1 of 1.10, late 0 v4");
        assertThat(experiments.alerts()).as("it was told before").isEmpty();
    }

    private static String golden(String operator) {
        return Path.of("src", "test", "resources", "golden", "analytics." + operator + ".state")
                .toString();
    }
}
