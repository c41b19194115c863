package io.millrace.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.harness.Run;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final List<Long> NOBODY = List.of();
    private static final List<Long> MYSELF = List.of(ProcessHandle.current().pid());

    private static Run drain(Drain drain, boolean alive, Long... counts) throws Exception {
        Deque<Long> looks = new ArrayDeque<>(List.of(counts));
        return drain.watch(MYSELF, NOBODY, () -> looks.size() > 1 ? looks.pop() : looks.element(), () -> alive, "");
    }

    @Test
    void countsWhatArrivesAfterTheWarmUp() throws Exception {
        Run run = drain(new Drain(20, 100, Duration.ofMinutes(1)), true, 0L, 25L, 60L, 100L);

        assertThat(run.isValid()).isTrue();
        assertThat(run.records()).isEqualTo(75);
        assertThat(run.note()).isEmpty();
        assertThat(run.seconds()).isPositive();
    }

    @Test
    void aTargetThatTakesEverythingInOneLumpCountsFromTheBeginning() throws Exception {
        Run run = drain(new Drain(20, 100, Duration.ofMinutes(1)), true, 0L, 100L);

        assertThat(run.records()).isEqualTo(100);
        assertThat(run.note()).contains("warm-up included");
        assertThat(run.noting("peak 7 MiB").note())
                .startsWith("warm-up included")
                .endsWith(", peak 7 MiB");
    }

    @Test
    void withoutAWarmUpTheClocksStartAtOnce() throws Exception {
        assertThat(drain(new Drain(0, 100, Duration.ofMinutes(1)), true, 50L, 100L)
                        .records())
                .isEqualTo(100);
    }

    @Test
    void aContenderThatEndsTooEarlyIsVoid() throws Exception {
        Run run = drain(new Drain(20, 100, Duration.ofMinutes(1)), false, 19L);

        assertThat(run.wrong()).isEqualTo("it ended with 19 of 100 records in the target");
    }

    @Test
    void aContenderThatIsNeverDoneIsGivenUp() throws Exception {
        assertThat(drain(new Drain(20, 100, Duration.ZERO), true, 19L).wrong()).contains("given up after 0 s");
    }

    @Test
    void theClockOfProcessorsSeesThisProcess() {
        assertThat(CpuClock.seconds(MYSELF)).isPositive();
        assertThat(CpuClock.seconds(NOBODY)).isZero();
    }
}
