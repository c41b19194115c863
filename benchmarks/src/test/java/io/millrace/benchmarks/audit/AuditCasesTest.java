package io.millrace.benchmarks.audit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.audit.AuditEvents.AuditEvent;
import io.millrace.benchmarks.stage.BenchCase;
import io.millrace.cli.bench.AuditBenchCommand;
import io.millrace.cli.bench.Benchmark;
import io.millrace.local.ProjectRoot;
import java.io.IOException;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class AuditCasesTest {

    @Test
    void everyCaseOfTheCommandIsThere() {
        assertThat(AuditCases.ALL).extracting(BenchCase::name).containsExactlyElementsOf(AuditBenchCommand.CASES);
    }

    @Test
    void theCommandFindsTheBenchmark() {
        assertThat(ServiceLoader.load(Benchmark.class))
                .extracting(Benchmark::pipeline)
                .contains("audit");
    }

    @Test
    void theVerifierIsStartedAsTheScriptStartsIt() throws IOException {
        assertThat(ProjectRoot.find().resolve("millrace"))
                .content()
                .contains(VerifyCase.JVM.subList(0, 2).stream().collect(joining(" ")))
                .contains("audit && ${2:-} == verify ]]; then compiler=" + VerifyCase.JVM.get(2));
    }

    @Test
    void eventsAreOfTheSizeThatIsPromisedAndTheSameForTheSameSeed() {
        AuditEvents events = new AuditEvents(7);
        AuditEvents same = new AuditEvents(7);
        for (int i = 0; i < 1_000; i++) {
            AuditEvent event = events.next();

            assertThat(event.value().length).isBetween(350, 390);
            assertThat(same.next().value()).isEqualTo(event.value());
        }
    }
}
