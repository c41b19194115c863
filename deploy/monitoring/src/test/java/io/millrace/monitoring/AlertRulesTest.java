package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The alerts; when they are told is tested by promtool, where there is one on the {@code PATH}. */
class AlertRulesTest {

    private static final Path FOLDER = Path.of("target", "alerts");

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() {
        assertThat(AlertRules.read()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            String name = rule.path("alert").asText();
            assertThat(name).startsWith("Millrace");
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/runbook").asText())
                    .isEqualTo("docs/monitoring.md#" + name.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void everyAlertHasATimeAtWhichItIsToldAndOneAtWhichItIsNot() {
        List<String> expected = new ArrayList<>();
        for (JsonNode rule : AlertRules.read()) {
            expected.add(rule.path("alert").asText() + " is told");
            expected.add(rule.path("alert").asText() + " is not told");
        }

        assertThat(AlertRules.yaml("alerts_test.yaml").path("tests"))
                .extracting(test -> test.path("name").asText())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void promtoolFindsEachToldAndNotTold() throws Exception {
        String promtool = promtool();
        copy("alerts.yaml", "", "");
        copy("alerts_test.yaml", "", "");

        assertThat(Program.run(FOLDER, "", promtool, "check", "rules", "alerts.yaml"))
                .contains("SUCCESS");
        assertThat(Program.run(FOLDER, "", promtool, "test", "rules", "alerts_test.yaml"))
                .contains("SUCCESS");
    }

    @Test
    void promtoolFindsAnAlertThatIsNeverTold() throws Exception {
        String promtool = promtool();
        copy("alerts.yaml", "retainedWalLevel) == 2", "retainedWalLevel) == 3");
        copy("alerts_test.yaml", "", "");

        assertThatThrownBy(() -> Program.run(FOLDER, "", promtool, "test", "rules", "alerts_test.yaml"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("MillraceRetainedWalCritical is told");
    }

    private static String promtool() throws IOException {
        assumeTrue(Program.onPath("promtool").isPresent(), "there is no promtool on the PATH");
        DataFolder.deleteTree(FOLDER);
        Files.createDirectories(FOLDER);
        return Program.onPath("promtool").orElseThrow().toString();
    }

    private static void copy(String file, String what, String into) throws IOException {
        String text = Files.readString(AlertRules.FOLDER.resolve(file));
        assertThat(text).contains(what);
        Files.writeString(FOLDER.resolve(file), what.isEmpty() ? text : text.replace(what, into));
    }
}
