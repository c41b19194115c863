package io.millrace.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandLineRun;
import org.junit.jupiter.api.Test;

class AuditBenchCommandTest {

    @Test
    void namesEachCaseThatThereIsNot() {
        CommandLineRun run = CommandLineRun.ofProject("bench", "audit", "--case", "drain,rolling");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no case rolling").contains("verify");
    }

    @Test
    void refusesABacklogThatIsGoneBeforeAnybodyLooks() {
        assertThat(CommandLineRun.ofProject("bench", "audit", "--events", "999").err())
                .contains("--events is 999; it must be at least 1000");
    }

    @Test
    void saysHowItIsStartedWhereTheBenchmarksAreNotBuilt() {
        CommandLineRun run = CommandLineRun.ofProject("bench", "audit");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("start this as `./millrace bench audit`");
    }
}
