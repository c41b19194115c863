package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The help of every command, and the page that is made of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsPageTest {
    private static final String REFRESH =
            "mvn -B -o -pl deploy/cli -am test -Dtest=CommandsPageTest -Dmillrace.docs=write"
                    + " -Dsurefire.failIfNoSpecifiedTests=false";
    private static final Path PAGE = ProjectFolder.root().resolve("docs").resolve("commands.md");

    @Test
    void thePageIsWhatTheCommandsSay() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("millrace.docs"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/commands.md is stale; refresh it with: %s", REFRESH)
                .isEqualTo(page);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandAndEveryOptionIsDescribed(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        assertThat(spec.usageMessage().description()).as(spec.qualifiedName()).isNotEmpty();
        for (ArgSpec argument : spec.args()) {
            assertThat(String.join("", argument.description()))
                    .as("%s %s", spec.qualifiedName(), argument.paramLabel())
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExitCodes(CommandLine command) {
        List<String> arguments =
                new ArrayList<>(List.of(command.getCommandSpec().qualifiedName().split(" ")));
        arguments.remove(0);
        arguments.add("--help");
        CommandLineRun run = CommandLineRun.ofProject(arguments.toArray(String[]::new));
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: millrace").contains("Exit codes:");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandThatDoesSomethingHasAnExample(CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            assertThat(command.getCommandSpec().usageMessage().footer())
                    .as(command.getCommandSpec().qualifiedName())
                    .anySatisfy(line ->
                            assertThat(line).contains(command.getCommandSpec().qualifiedName()));
        }
    }

    List<CommandLine> commands() {
        List<CommandLine> commands = new ArrayList<>();
        collect(Millrace.of(new Workspace(ProjectFolder.root(), Map.of())), commands);
        return commands;
    }

    private static void collect(CommandLine command, List<CommandLine> commands) {
        if (!(command.getCommand() instanceof CommandLine.HelpCommand)) {
            commands.add(command);
            command.getSubcommands().values().forEach(each -> collect(each, commands));
        }
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        page.append("# The millrace command\n\n");
        page.append("What `millrace COMMAND --help` prints. This page is generated; refresh it with\n\n");
        page.append("```\n").append(REFRESH).append("\n```\n");
        for (CommandLine command : commands()) {
            page.append("\n## ")
                    .append(command.getCommandSpec().qualifiedName())
                    .append("\n\n```\n");
            page.append(command.getUsageMessage(Ansi.OFF).stripTrailing()).append("\n```\n");
        }
        return page.toString();
    }
}
