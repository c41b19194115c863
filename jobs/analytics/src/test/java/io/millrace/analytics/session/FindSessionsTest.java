package io.millrace.analytics.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindSessionsTest {

    private Sessions sessions;

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    private void open(StateBackend backend) throws Exception {
        sessions = new Sessions(backend);
    }

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void showsASessionWhenItsGapIsOver(StateBackend backend) throws Exception {
        open(backend);
        sessions.view("/b", 20);
        sessions.view("/a", 1);
        sessions.purchase(25);
        sessions.reach(54.9);
        assertThat(sessions.rows()).isEmpty();
        sessions.reach(55);

        assertThat(sessions.rows()).containsExactly("1-25 2 pages /a to /b converted 1 late 0 v3");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void theGapBelongsToTheNextSession(StateBackend backend) throws Exception {
        open(backend);
        sessions.view("/a", 0);
        sessions.view("/b", 30);
        sessions.reach(60);

        assertThat(sessions.rows())
                .containsExactly(
                        "0-0 1 pages /a to /a converted 0 late 0 v1", "30-30 1 pages /b to /b converted 0 late 0 v1");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aLateStepThatJoinsTwoSessionsMakesOneAndTakesTheOthersRowBackInTheSameEmission(StateBackend backend)
            throws Exception {
        open(backend);
        sessions.view("/a", 0);
        sessions.view("/c", 30);
        sessions.reach(60.5);
        sessions.rows();
        sessions.view("/b", 29);

        assertThat(sessions.rows()).containsExactly("30 gone v3", "0-30 3 pages /a to /c converted 0 late 1 v3");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aSessionThatWasShownMayGoOn(StateBackend backend) throws Exception {
        open(backend);
        sessions.view("/a", 0);
        sessions.view("/c", 40);
        sessions.reach(41);
        assertThat(sessions.rows()).containsExactly("0-0 1 pages /a to /a converted 0 late 0 v1");
        sessions.view("/b", 20);
        assertThat(sessions.rows()).containsExactly("0-40 3 pages /a to /c converted 0 late 0 v3");

        sessions.reach(70);
        assertThat(sessions.rows()).as("it is shown, and nothing has changed").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anEarlierBeginningTakesTheRowBackOfTheLater(StateBackend backend) throws Exception {
        open(backend);
        sessions.view("/b", 20);
        sessions.reach(50);
        sessions.rows();
        sessions.view("/a", 19);

        assertThat(sessions.rows()).containsExactly("20 gone v2", "19-20 2 pages /a to /b converted 0 late 1 v2");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatIsLaterThanAllowedIsTold(StateBackend backend) throws Exception {
        open(backend);
        sessions.view("/a", 0);
        sessions.reach(31.9);
        sessions.view("/b", 0.1);
        sessions.reach(32.2);
        sessions.view("/c", 0.2);

        assertThat(sessions.rows())
                .containsExactly(
                        "0-0 1 pages /a to /a converted 0 late 0 v1", "0-0 2 pages /a to /b converted 0 late 1 v2");
        assertThat(sessions.late()).isEqualTo(1);
        assertThat(sessions.metrics()).as("duplicates, late, corrected").isEqualTo("0 1 1");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aStepThatIsToldTwiceIsOne(StateBackend backend) throws Exception {
        open(backend);
        sessions.view("/a", 0);
        sessions.view("/a", 0);
        sessions.reach(30);
        sessions.view("/a", 0);
        assertThat(sessions.metrics()).as("duplicates, late, corrected").isEqualTo("2 0 0");

        assertThat(sessions.rows()).containsExactly("0-0 1 pages /a to /a converted 0 late 0 v1");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void actionsAloneAreASessionWithoutPages(StateBackend backend) throws Exception {
        open(backend);
        sessions.purchase(1);
        sessions.reach(31);

        assertThat(sessions.rows()).containsExactly("1-1 0 pages  to  converted 1 late 0 v1");
    }

    /** As that of a program that reads on and on under one id. */
    @ParameterizedTest
    @MethodSource("backends")
    void aSessionThatGoesOnIsShownAsItStands(StateBackend backend) throws Exception {
        open(backend);
        for (int minute = 0; minute < 180; minute += 10) {
            sessions.view("/" + minute, minute);
            sessions.reach(minute);
        }
        assertThat(sessions.rows())
                .containsExactly(
                        "0-60 7 pages /0 to /60 converted 0 late 0 v7",
                        "0-120 13 pages /0 to /120 converted 0 late 0 v13");
        sessions.reach(300);

        assertThat(sessions.rows())
                .as("after three hours, and at its end")
                .containsExactly(
                        "0-170 18 pages /0 to /170 converted 0 late 0 v18",
                        "0-170 18 pages /0 to /170 converted 0 late 0 v18");
        requireNoState(backend);
    }

    @Test
    void leavesNoState() throws Exception {
        open(new HashMapStateBackend());
        for (int i = 0; i < 20; i++) {
            sessions.view("/a", i * 17);
            sessions.reach(i * 17);
        }
        assertThat(sessions.stateEntries()).isPositive();
        sessions.reach(1_000);

        assertThat(sessions.stateEntries()).isZero();
        assertThat(sessions.timers()).isZero();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRestartChangesNothing(StateBackend backend) throws Exception {
        open(backend);
        sessions.view("/a", 0);
        sessions.reach(31);
        sessions.rows();
        sessions.restart(sessions.state());
        sessions.view("/a", 0);
        sessions.view("/b", 20);
        sessions.reach(50);

        assertThat(sessions.rows()).containsExactly("0-20 2 pages /a to /b converted 0 late 0 v2");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void takesBackWhatAnAttemptMayHaveShownThatFailed(StateBackend backend) throws Exception {
        open(backend);
        OperatorSubtaskState checkpoint = sessions.state();
        sessions.view("/b", 20);
        sessions.reach(50);
        assertThat(sessions.rows())
                .as("of the first attempt")
                .containsExactly("20-20 1 pages /b to /b converted 0 late 0 v1");
        sessions.restart(checkpoint, 51);
        sessions.view("/b", 20);
        sessions.view("/a", 19);
        sessions.reach(51);

        assertThat(sessions.rows()).containsExactly("20 gone v2", "19-20 2 pages /a to /b converted 0 late 0 v2");
        sessions.reach(1_000);
        requireNoState(backend);
    }

    /** The clock is set back by days, or is behind Kafka's: what counts is the one at the checkpoint, and an hour more. */
    @ParameterizedTest
    @MethodSource("backends")
    void takesItBackAlsoWhenTheClockWasSetBack(StateBackend backend) throws Exception {
        open(backend);
        sessions.clock(-9.9);
        sessions.view("/z", 500);
        OperatorSubtaskState checkpoint = sessions.state();
        sessions.restart(checkpoint, -5_000);
        sessions.view("/b", 20);
        sessions.view("/a", 19);
        sessions.reach(51);

        assertThat(sessions.rows()).contains("20 gone v2", "19-20 2 pages /a to /b converted 0 late 0 v2");
    }

    /** The control: it cannot have shown what had not ended by the clock, nor an hour later. */
    @ParameterizedTest
    @MethodSource("backends")
    void takesNothingBackThatNoAttemptCanHaveShown(StateBackend backend) throws Exception {
        open(backend);
        sessions.restart(sessions.state(), -10.1);
        sessions.view("/b", 20);
        sessions.view("/a", 19);
        sessions.reach(51);

        assertThat(sessions.rows()).containsExactly("19-20 2 pages /a to /b converted 0 late 0 v2");
    }

    /** The harness counts what is on the heap alone. */
    private void requireNoState(StateBackend backend) {
        if (backend instanceof HashMapStateBackend) {
            assertThat(sessions.stateEntries()).isZero();
        }
    }

    /** See the golden states of windows. */
    @Test
    void sessionsOfAReleasedVersionGoOn() throws Exception {
        open(new HashMapStateBackend());
        String file = Path.of("src", "test", "resources", "golden", "analytics.find-sessions.state")
                .toString();
        if ("write".equals(System.getProperty("millrace.golden"))) {
            Files.createDirectories(Path.of(file).getParent());
            sessions.view("/a", 0);
            OperatorSnapshotUtil.writeStateHandle(sessions.state(), file);
        }
        sessions.restart(OperatorSnapshotUtil.readStateHandle(file));
        sessions.view("/a", 0);
        sessions.purchase(20);
        sessions.reach(50);

        assertThat(sessions.rows()).containsExactly("0-20 1 pages /a to /a converted 1 late 0 v2");
    }
}
