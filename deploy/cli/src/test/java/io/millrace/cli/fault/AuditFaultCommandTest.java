package io.millrace.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandLineRun;
import io.millrace.cli.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditFaultCommandTest {

    @Test
    void listsTheFaultsWithoutAName() {
        CommandLineRun run = CommandLineRun.ofProject("fault", "audit");

        assertThat(run.code()).isZero();
        AuditFaults.ALL
                .faults()
                .forEach(fault -> assertThat(run.out()).contains(fault.name()).contains(fault.does()));
    }

    @Test
    void namesEachFaultThatThereIsNot() {
        CommandLineRun run = CommandLineRun.ofProject("fault", "audit", "kill-flink", "flood", "drought");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no fault flood, drought").contains("kill-taskmanager");
    }

    @Test
    void hasEachFaultOnceAndOnThePage() throws IOException {
        List<String> names = AuditFaults.ALL.names();
        Path page = ProjectFolder.root().resolve("docs").resolve("faults.md");

        assertThat(names).doesNotHaveDuplicates();
        assertThat(names).allSatisfy(name -> assertThat(Files.readString(page)).contains("`" + name + "`"));
    }

    /** These alone are played on an archive in a store. */
    @Test
    void hasTheFaultsOfAStore() {
        assertThat(AuditFaults.ALL.faults())
                .filteredOn(Fault::isInStore)
                .extracting(Fault::name)
                .containsExactly("stop-store", "freeze-store");
    }

    @Test
    void findsAllByOneWord() {
        assertThat(AuditFaults.ALL.named(List.of("all"), List.of())).isEqualTo(AuditFaults.ALL.faults());
    }
}
