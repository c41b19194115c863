package io.millrace.benchmarks.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.bench.Benchmark;
import io.millrace.cli.bench.CdcBenchCommand;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class CdcCasesTest {

    @Test
    void everyCaseOfTheCommandIsThere() {
        assertThat(CdcCases.ALL).extracting(CdcCase::name).containsExactlyElementsOf(CdcBenchCommand.CASES);
    }

    @Test
    void theCommandFindsTheBenchmark() {
        assertThat(ServiceLoader.load(Benchmark.class))
                .extracting(Benchmark::pipeline)
                .contains("cdc");
    }
}
