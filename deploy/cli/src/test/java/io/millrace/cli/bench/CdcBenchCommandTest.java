package io.millrace.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandLineRun;
import org.junit.jupiter.api.Test;

class CdcBenchCommandTest {

    @Test
    void namesEachCaseThatThereIsNot() {
        CommandLineRun run = CommandLineRun.ofProject("bench", "cdc", "--case", "stream,flood,drought");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no case flood, drought").contains("clickhouse");
    }

    @Test
    void refusesABacklogThatIsGoneBeforeAnybodyLooks() {
        assertThat(CommandLineRun.ofProject("bench", "cdc", "--changes", "10").err())
                .contains("--changes is 10; it must be at least 1000");
        assertThat(CommandLineRun.ofProject("bench", "cdc", "--pairs", "0").err())
                .contains("--pairs is 0; it must be at least 1");
    }

    @Test
    void asksForThePipeline() {
        CommandLineRun run = CommandLineRun.ofProject("bench");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("a pipeline is missing: cdc, analytics or audit");
    }

    @Test
    void saysHowItIsStartedWhereTheBenchmarksAreNotBuilt() {
        CommandLineRun run = CommandLineRun.ofProject("bench", "cdc");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("start this as `./millrace bench cdc`");
    }
}
