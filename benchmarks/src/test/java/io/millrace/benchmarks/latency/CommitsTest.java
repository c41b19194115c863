package io.millrace.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitsTest {

    private static final Schedule SCHEDULE = Schedule.of(1_000, 1, 2_000, Duration.ofSeconds(1));
    private static final long MILLI = 1_000_000;

    private final Commits commits = new Commits(SCHEDULE);

    @Test
    void aStallBeforeTheCommitIsNotCountedAfterIt() {
        commits.committed(3, SCHEDULE.due(3) + 800 * MILLI);

        assertThat(commits.lateness().millis(100)).isBetween(799.0, 801.0);
        assertThat(commits.since(3, SCHEDULE.due(3) + 840 * MILLI)).isEqualTo(40 * MILLI);
    }

    /** A reader may see a row before its writer is told that it is committed. */
    @Test
    void aRowThatIsSeenBeforeItsCommitIsKnownIsNotLate() {
        assertThat(commits.since(0, SCHEDULE.due(0) + MILLI)).isZero();

        commits.committed(0, SCHEDULE.due(0) + 2 * MILLI);

        assertThat(commits.since(0, SCHEDULE.due(0) + MILLI)).isZero();
    }
}
