package io.millrace.benchmarks.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.local.Server;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgrammeTest {

    @Test
    void playsOnlyTheCasesThatAreAskedForInItsOwnOrder() {
        Programme<Stage> programme = new Programme<>(
                "weather",
                List.of(new Named("rain"), new Named("snow"), new Named("fog")),
                (workspace, plan, servers, out) -> {
                    throw new IllegalStateException("nothing is played");
                },
                "weather.md",
                "");

        assertThat(programme.named(List.of("fog", "rain")))
                .extracting(BenchCase::name)
                .containsExactly("rain", "fog");
    }

    private record Named(String name) implements BenchCase<Stage> {

        @Override
        public Set<Server> servers() {
            return Set.of();
        }

        @Override
        public List<Finding> play(Stage stage) {
            return List.of();
        }
    }
}
