package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.local.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana asks of the files, as far as that can be told without Grafana. */
class DashboardFilesTest {

    private static final Set<String> VISUALIZATIONS = Set.of("stat", "timeseries", "table", "bargauge");
    private static final Set<String> UNITS =
            Set.of("short", "none", "percentunit", "ms", "s", "bytes", "cps", "reqps", "dateTimeAsIso");
    private static final int COLUMNS = 24;

    /** As {@code ${name}}, {@code ${name:format}} or {@code $name}; macros begin with two underscores, and {@code $1} is a group. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(?!__)([a-zA-Z_]\\w*)");

    static List<Dashboard> boards() {
        return Dashboard.ALL.stream().map(Dashboard::read).toList();
    }

    @Test
    void everyFileIsReadByTheTests() throws IOException {
        try (Stream<?> files = Files.list(Dashboard.MONITORING.resolve("grafana/dashboards"))) {
            assertThat(files).hasSameSizeAs(Dashboard.ALL);
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void theBoardIsOneThatCanBeProvisioned(Dashboard board) {
        assertThat(board.json().path("uid").asText()).matches("[a-z-]{1,40}");
        assertThat(board.json().path("title").asText()).startsWith("Millrace: ");
        assertThat(board.json().path("schemaVersion").asInt()).isBetween(30, 41);
        assertThat(board.json().has("id")).as("an id is the server's to give").isFalse();
        assertThat(board.panels()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyPanelIsDescribedAndHasAUnit(Dashboard board) {
        for (Panel panel : board.panels()) {
            assertThat(panel.title()).isNotBlank();
            assertThat(panel.json().path("description").asText())
                    .as(panel.title())
                    .matches("(?s).{30,}\\.");
            assertThat(VISUALIZATIONS).as(panel.title()).contains(panel.type());
            assertThat(units(panel)).as(panel.title()).isNotEmpty().allMatch(UNITS::contains);
        }
        assertThat(board.panels().stream().map(Panel::title)).doesNotHaveDuplicates();
    }

    private static List<String> units(Panel panel) {
        List<String> units = new ArrayList<>();
        JsonNode unit = panel.json().at("/fieldConfig/defaults/unit");
        if (!unit.isMissingNode()) {
            units.add(unit.asText());
        }
        for (JsonNode override : panel.json().at("/fieldConfig/overrides")) {
            for (JsonNode property : override.path("properties")) {
                if (property.path("id").asText().equals("unit")) {
                    units.add(property.path("value").asText());
                }
            }
        }
        return units;
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyQueryNamesTheDataSourceThatIsChosen(Dashboard board) {
        JsonNode first = board.variables().get(0);
        String chosen = "${" + first.path("name").asText() + "}";

        assertThat(first.path("type").asText()).isEqualTo("datasource");
        for (Panel panel : board.panels()) {
            Set<String> references = new HashSet<>();
            assertThat(panel.targets()).as(panel.title()).isNotEmpty();
            for (JsonNode target : panel.targets()) {
                assertThat(target.at("/datasource/uid").asText())
                        .as(panel.title())
                        .isEqualTo(chosen);
                assertThat(target.at("/datasource/type").asText())
                        .isEqualTo(first.path("query").asText());
                assertThat(references.add(target.path("refId").asText()))
                        .as(panel.title())
                        .isTrue();
            }
        }
    }

    /** Grafana sends a variable that it does not know as it stands there. */
    @ParameterizedTest
    @MethodSource("boards")
    void everyVariableThatIsSpokenOfIsThere(Dashboard board) {
        List<String> names = board.variables().stream()
                .map(variable -> variable.path("name").asText())
                .toList();
        Set<String> spokenOf = VARIABLE.matcher(board.json().toString())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names).doesNotHaveDuplicates();
        assertThat(spokenOf).isNotEmpty().isSubsetOf(names);
        assertThat(board.variables()).allSatisfy(variable -> {
            assertThat(variable.path("type").asText()).isIn("datasource", "query", "textbox", "custom");
            assertThat(variable.path("label").asText()).isNotBlank();
        });
    }

    /** What the panel itself names is what Grafana asks when a query names nothing. */
    @ParameterizedTest
    @MethodSource("boards")
    void everyPanelAndVariableHasADataSourceThatIsProvisioned(Dashboard board) throws IOException {
        JsonNode first = board.variables().get(0);
        List<String> types =
                provisioning("datasources/millrace.yaml").path("datasources").findValuesAsText("type");
        List<JsonNode> all = new ArrayList<>();
        board.panels().forEach(panel -> all.add(panel.json()));
        board.variables().stream()
                .filter(variable -> variable.path("type").asText().equals("query"))
                .forEach(all::add);

        assertThat(types).contains(first.path("query").asText());
        assertThat(all).allSatisfy(each -> {
            assertThat(each.at("/datasource/uid").asText())
                    .isEqualTo("${" + first.path("name").asText() + "}");
            assertThat(each.at("/datasource/type").asText())
                    .isEqualTo(first.path("query").asText());
        });
    }

    @Test
    void everyProvisionedDataSourceHasAnAddressAndANameOfItsOwn() throws IOException {
        JsonNode sources = provisioning("datasources/millrace.yaml").path("datasources");

        assertThat(sources.findValuesAsText("uid"))
                .hasSize(sources.size())
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("[a-z-]{1,40}"));
        assertThat(sources.findValuesAsText("name")).hasSize(sources.size()).doesNotHaveDuplicates();
        assertThat(sources).allSatisfy(source -> {
            assertThat(source.path("access").asText()).isEqualTo("proxy");
            assertThat(source.has("url") || source.at("/jsonData").has("host")).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("boards")
    void panelsLieBesideEachOther(Dashboard board) {
        Map<String, String> taken = new HashMap<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : board.json().path("panels")) {
            JsonNode at = panel.path("gridPos");
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("the id of %s", panel.path("title"))
                    .isTrue();
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isBetween(1, COLUMNS);
            assertThat(at.path("w").asInt()).isPositive();
            assertThat(at.path("h").asInt()).isPositive();
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(taken.put(x + "," + y, panel.path("title").asText()))
                            .as("what %s covers", panel.path("title"))
                            .isNull();
                }
            }
        }
    }

    @Test
    void theProvisionedDataSourcesAreThoseOfTheBoards() throws IOException {
        JsonNode sources = provisioning("datasources/millrace.yaml").path("datasources");

        assertThat(sources.findValuesAsText("type"))
                .containsExactlyInAnyOrderElementsOf(boards().stream()
                        .map(board -> board.variables().get(0).path("query").asText())
                        .toList());
        assertThat(sources.get(0).at("/jsonData/port").asInt()).isEqualTo(Port.CLICKHOUSE.standard());
        assertThat(sources.get(0).at("/jsonData/protocol").asText()).isEqualTo("http");
        assertThat(sources.get(1).at("/jsonData/timeInterval").asText())
                .as("Grafana makes its rate interval of how often is scraped")
                .isEqualTo(AlertRules.yaml("prometheus.yaml")
                        .at("/global/scrape_interval")
                        .asText());
        assertThat(provisioning("dashboards/millrace.yaml")
                        .at("/providers/0/options/path")
                        .asText())
                .isEqualTo("${MILLRACE_DASHBOARDS}");
    }

    @Test
    void prometheusScrapesThePortsOfTheLocalRun() {
        JsonNode targets = AlertRules.yaml("prometheus.yaml").at("/scrape_configs/0/static_configs/0/targets");

        assertThat(targets)
                .extracting(JsonNode::asText)
                .containsExactly(Stream.of(
                                Port.FLINK_JOBMANAGER_METRICS,
                                Port.FLINK_TASKMANAGER_1_METRICS,
                                Port.FLINK_TASKMANAGER_2_METRICS)
                        .map(port -> "127.0.0.1:" + port.standard())
                        .toArray(String[]::new));
    }

    private static JsonNode provisioning(String file) throws IOException {
        return new YAMLMapper()
                .readTree(Dashboard.MONITORING
                        .resolve("grafana/provisioning")
                        .resolve(file)
                        .toFile());
    }
}
