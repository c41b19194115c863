package io.millrace.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandLineRun;
import io.millrace.cli.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalyticsFaultCommandTest {

    @Test
    void listsTheFaultsWithoutAName() {
        CommandLineRun run = CommandLineRun.ofProject("fault", "analytics");

        assertThat(run.code()).isZero();
        AnalyticsFaults.ALL
                .faults()
                .forEach(fault -> assertThat(run.out()).contains(fault.name()).contains(fault.does()));
    }

    @Test
    void namesEachFaultThatThereIsNot() {
        CommandLineRun run = CommandLineRun.ofProject("fault", "analytics", "kill-flink", "flood", "drought");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no fault flood, drought").contains("kill-taskmanager");
    }

    @Test
    void hasEachFaultOnceAndOnThePage() throws IOException {
        List<String> names = AnalyticsFaults.ALL.names();
        Path page = ProjectFolder.root().resolve("docs").resolve("faults.md");

        assertThat(names).doesNotHaveDuplicates();
        assertThat(names).allSatisfy(name -> assertThat(Files.readString(page)).contains("`" + name + "`"));
    }

    @Test
    void findsAllByOneWord() {
        assertThat(AnalyticsFaults.ALL.named(List.of("all"), List.of())).isEqualTo(AnalyticsFaults.ALL.faults());
    }
}
