package io.millrace.benchmarks.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.stage.BenchCase;
import io.millrace.cli.bench.AnalyticsBenchCommand;
import io.millrace.cli.bench.Benchmark;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class AnalyticsCasesTest {

    @Test
    void everyCaseOfTheCommandIsThere() {
        assertThat(AnalyticsCases.ALL)
                .extracting(BenchCase::name)
                .containsExactlyElementsOf(AnalyticsBenchCommand.CASES);
    }

    @Test
    void theCommandFindsTheBenchmark() {
        assertThat(ServiceLoader.load(Benchmark.class))
                .extracting(Benchmark::pipeline)
                .contains("analytics");
    }

    @Test
    void theCompositeLimitIsThatOfWhoPollsAndThenScans() {
        Run poll = new Run(1_000, 1, 0.5, 0.25, "", "");
        Run scan = new Run(2_000, 1, 2, 1, "", "");

        Run both = CompositeLimit.both(poll, scan);

        assertThat(both.rate()).as("1 / (1/1000 + 1/2000)").isCloseTo(666.67, within(0.01));
        assertThat(both.pipelineSeconds()).isEqualTo(1.5);
        assertThat(both.serverSeconds()).as("no server scans").isEqualTo(0.25);
        assertThat(CompositeLimit.both(poll, scan.voided("late")).isValid()).isFalse();
    }
}
