package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages say of dashboards and alerts is what there is. */
class MonitoringPagesTest {

    private static final Path DOCS = ProjectRoot.find().resolve("docs");
    private static final String REFRESH = "mvn -B -o -pl deploy/monitoring -am test -Dtest=MonitoringPagesTest"
            + " -Dmillrace.docs=write -Dsurefire.failIfNoSpecifiedTests=false";
    private static final Pattern FILE =
            Pattern.compile("\\$PWD/([\\w/.-]+)|\\((\\.\\./[\\w/.-]+)\\)|=(deploy/[\\w/.-]+)");
    private static final Pattern COMMAND = Pattern.compile("\\./(millrace \\w+(?: list| redrive)?)");

    @Test
    void thePageOfDashboardsIsWhatTheySay() throws IOException {
        Path page = DOCS.resolve("reference/dashboards.md");
        if ("write".equals(System.getProperty("millrace.docs"))) {
            Files.writeString(page, dashboards());
        }
        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .as("docs/reference/dashboards.md is stale; refresh it with: %s", REFRESH)
                .isEqualTo(dashboards());
    }

    @Test
    void everyAlertHasItsRemedy() throws IOException {
        List<String> headings = Files.readString(DOCS.resolve("monitoring.md"))
                .lines()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4))
                .toList();

        assertThat(headings)
                .containsExactlyElementsOf(AlertRules.read().stream()
                        .map(rule -> rule.path("alert").asText())
                        .toList());
    }

    @Test
    void everyFileAndCommandThatThePageNamesIsThere() throws IOException {
        String page = Files.readString(DOCS.resolve("monitoring.md"));
        String commands = Files.readString(DOCS.resolve("commands.md"));

        List<String> files =
                FILE.matcher(page).results().map(MonitoringPagesTest::file).toList();
        assertThat(files)
                .hasSizeGreaterThan(5)
                .allMatch(file -> Files.exists(ProjectRoot.find().resolve(file)));
        assertThat(COMMAND.matcher(page).results().map(found -> "## " + found.group(1)))
                .isNotEmpty()
                .allMatch(commands::contains);
    }

    private static String file(MatchResult found) {
        String relative = found.group(2);
        return relative != null ? relative.substring(3) : found.group(1) != null ? found.group(1) : found.group(3);
    }

    private static String dashboards() {
        StringBuilder page = new StringBuilder("# Dashboards\n\n");
        page.append("Generated from the dashboards themselves. How to attach them: [monitoring](../monitoring.md).\n");
        for (String file : Dashboard.ALL) {
            Dashboard board = Dashboard.read(file);
            page.append("\n## ").append(board.json().path("title").asText()).append("\n\n");
            page.append(board.json().path("description").asText()).append('\n');
            for (JsonNode panel : board.json().path("panels")) {
                boolean row = panel.path("type").asText().equals("row");
                page.append(row ? "\n### " + title(panel) + "\n\n| Panel | Shows |\n|---|---|\n" : line(panel));
            }
        }
        return page.toString();
    }

    private static String line(JsonNode panel) {
        return "| " + title(panel) + " | " + panel.path("description").asText().replace("|", "\\|") + " |\n";
    }

    /** What is chosen at the top stands in a title by its variable. */
    private static String title(JsonNode panel) {
        return panel.path("title").asText().replaceAll("\\$\\{(\\w+)}", "the chosen $1");
    }
}
