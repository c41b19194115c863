package io.millrace.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One dashboard as Grafana reads it.
 *
 * @param file below {@code deploy/monitoring/grafana/dashboards}
 */
record Dashboard(String file, JsonNode json) {

    static final Path MONITORING = ProjectRoot.find().resolve("deploy").resolve("monitoring");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every dashboard that is provisioned. */
    static final List<String> ALL = List.of("analytics.json", "pipelines.json");

    static Dashboard read(String file) {
        Path path = MONITORING.resolve("grafana/dashboards").resolve(file);
        try {
            return new Dashboard(file, JSON.readTree(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " is no JSON", e);
        }
    }

    /** Returns the panels that show something, those inside of rows too. */
    List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        collect(json.path("panels"), panels);
        return panels;
    }

    private static void collect(JsonNode nodes, List<Panel> panels) {
        for (JsonNode node : nodes) {
            if (node.path("type").asText().equals("row")) {
                collect(node.path("panels"), panels);
            } else {
                panels.add(new Panel(node));
            }
        }
    }

    Panel panel(String title) {
        return panels().stream()
                .filter(panel -> panel.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " has no panel " + title));
    }

    /** Returns what may be chosen at the top. */
    List<JsonNode> variables() {
        List<JsonNode> variables = new ArrayList<>();
        json.at("/templating/list").forEach(variables::add);
        return variables;
    }
}
