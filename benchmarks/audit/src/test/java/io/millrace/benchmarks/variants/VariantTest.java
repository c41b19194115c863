package io.millrace.benchmarks.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VariantTest {

    @Test
    void theJobIsNotToldOfTheVariant() {
        Variant.Arguments arguments =
                Variant.Arguments.of("--set", "name=x", "--set", "bench.variant=without-chain", "--set", "job.a=b");

        assertThat(arguments.variant()).isEqualTo(Variant.WITHOUT_CHAIN);
        assertThat(arguments.job()).containsExactly("--set", "name=x", "--set", "job.a=b");
    }

    @Test
    void nothingIsLeftOutUnlessItIsSaid() {
        assertThatThrownBy(() -> Variant.Arguments.of("--set", "name=x"))
                .hasMessageContaining("`--set bench.variant=…` is missing");
    }

    @Test
    void fillsNoArchiveButTheBenchmarks() {
        assertThatCode(() -> VariantJob.requireBench("bench")).doesNotThrowAnyException();
        assertThatThrownBy(() -> VariantJob.requireBench("audit")).hasMessageContaining("`archive.name` is audit");
    }
}
