package io.millrace.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandLineRun;
import io.millrace.cli.ProjectFolder;
import io.millrace.shop.check.CheckResult;
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
    void namesEachGuardInItsHelpAndOnThePage() throws IOException {
        String help = CommandLineRun.ofProject("fault", "analytics", "--help").out();
        Path page = ProjectFolder.root().resolve("docs").resolve("faults.md");

        assertThat(AnalyticsGuards.names()).hasSize(5).doesNotHaveDuplicates().allSatisfy(name -> {
            assertThat(help).contains(name);
            assertThat(Files.readString(page)).contains("| `" + name + "` |");
        });
    }

    @Test
    void refusesAGuardThatThereIsNotBeforeAnythingIsPlayed() {
        CommandLineRun run = CommandLineRun.ofProject("fault", "analytics", "kill-flink", "--without", "luck");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no guard luck; there are position, state, commit, versions, names");
    }

    @Test
    void aGuardIsFoundByItsOwnResultAlone() {
        Guard guard = AnalyticsGuards.POSITION;
        CheckResult other = CheckResult.rows("clickhouse.sessions", 3, 1, List.of());
        String finder = guard.finders().get(0);
        CheckResult right = CheckResult.rows(finder, 3, 0, List.of());
        CheckResult wrong = CheckResult.rows(finder, 3, 1, List.of());

        assertThat(guard.isFound(List.of(other, right))).isFalse();
        assertThat(guard.isFound(List.of(other, wrong))).isTrue();
    }

    @Test
    void aGuardOfSeveralTargetsIsFoundByEachOfThem() {
        Guard guard = new Guard("versions", "", List.of("clickhouse.a", "redis.b"), scene -> {}, scene -> {});
        CheckResult inTables = CheckResult.rows("clickhouse.a", 3, 1, List.of());
        CheckResult inKeys = CheckResult.rows("redis.b", 3, 1, List.of());

        assertThat(guard.isFound(List.of(inTables))).isFalse();
        assertThat(guard.isFound(List.of(inTables, inKeys))).isTrue();
    }

    @Test
    void findsAllByOneWord() {
        assertThat(AnalyticsFaults.ALL.named(List.of("all"), List.of())).isEqualTo(AnalyticsFaults.ALL.faults());
    }
}
