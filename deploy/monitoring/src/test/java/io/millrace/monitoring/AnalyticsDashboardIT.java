package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Warehouse;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every panel over ClickHouse, on the real server with the project's tables and a few rows in each. */
@WithServers(Server.CLICKHOUSE)
class AnalyticsDashboardIT {

    private static final Dashboard BOARD = Dashboard.read("analytics.json");

    private static final Choice EUR = Choice.of("EUR");
    private static final Choice SHOP = Choice.of("shop");

    private static final Choice UTC = Choice.of("UTC");

    private static ClickHouse clickhouse;
    private static Range day;

    @BeforeAll
    static void fillTables(Addresses addresses) throws IOException {
        day = Range.last(Duration.ofDays(1), Duration.ofMinutes(5));
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(2, ChronoUnit.HOURS);
        // versions of a row stay beside each other
        Warehouse warehouse = Warehouse.migratedWith(addresses.clickhouseUrl(), "&optimize_on_insert=0");
        warehouse.run("SYSTEM STOP MERGES");
        warehouse.run(resource("analytics-rows.sql")
                .replace("HOUR ", "toDateTime(" + hour.getEpochSecond() + ", 'UTC') ")
                .replace("HOUR,", "toDateTime(" + hour.getEpochSecond() + ", 'UTC'),"));
        clickhouse = new ClickHouse(warehouse);
    }

    static Stream<Panel> panels() {
        return BOARD.panels().stream();
    }

    static Stream<String> queried() {
        return BOARD.variables().stream()
                .filter(variable -> variable.path("type").asText().equals("query"))
                .map(variable -> variable.path("name").asText());
    }

    @ParameterizedTest
    @MethodSource("panels")
    void thePanelShowsData(Panel panel) {
        check(EUR, SHOP, day).requireData(panel);
    }

    @ParameterizedTest
    @MethodSource("panels")
    void thePanelShowsDataOfEveryServiceAndOfMonths(Panel panel) {
        Range months = Range.last(Duration.ofDays(80), Duration.ofDays(1));

        check(EUR, Choice.everyOf("auth", "shop"), months).requireData(panel);
    }

    @ParameterizedTest
    @MethodSource("queried")
    void theVariableHasValues(String name) {
        JsonNode variable = BOARD.variables().stream()
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();

        List<String> values = clickhouse.query(variable.path("query").asText()).lines();

        assertThat(values)
                .isEqualTo(Map.of("currency", List.of("EUR", "USD"), "service", List.of("auth", "shop"))
                        .get(name));
    }

    @Test
    void countsWhatIsCurrentOnce() {
        assertThat(read("Busiest pages").get(0)).startsWith("/ | 1000 | 0.892");
        assertThat(sum("Views")).isEqualTo(1120);
        assertThat(sum("Sessions")).isEqualTo(4);
        assertThat(read("Conversion")).containsExactly("0.25");
        assertThat(read("How far sessions come")).containsExactly("4 | 4 | 3 | 2 | 1");
    }

    @Test
    void countsWhatCameTooLateOnceInAWindow() {
        assertThat(read("Windows that lack events"))
                .extracting(AnalyticsDashboardIT::cells)
                .extracting(cells -> cells.get(0) + " " + cells.get(2) + " " + cells.get(3))
                .containsExactly("page_views_5min 2 90", "page_views_5min 1 60", "revenue 1 120");
    }

    @Test
    void countsWhoWasOnSeveralPagesOnceADay() {
        assertThat(read("Visitors by day"))
                .as("the days of which every row has its registers")
                .singleElement()
                .asString()
                .endsWith(" | 100 | 1120 | 11.2");
    }

    @Test
    void showsEveryViewInTheStackOfPages() {
        assertThat(sum("Views by page")).isEqualTo(1120);
        assertThat(read("Views by page"))
                .extracting(line -> cells(line).get(1))
                .contains("/", "/cart", "other pages")
                .hasSize(12);
    }

    @Test
    void addsMoneyUpOfOneCurrencyOnceForAnOrder() {
        assertThat(sum("Revenue")).isEqualTo(120.10);
        assertThat(sum("Orders")).isEqualTo(11);
        assertThat(Double.parseDouble(read("Average order").get(0))).isEqualTo(120.10 / 11);
        assertThat(read("Categories"))
                .extracting(line -> String.join(" ", cells(line).subList(0, 2)))
                .containsExactly("books 90", "toys 20", "not attributed 10.1");
        assertThat(sum("Revenue by category")).isEqualTo(120.10);
        assertThat(read("All currencies")).hasSize(2).first().asString().startsWith("EUR | 120.1 | 11 | 13 | 10.9");
    }

    @Test
    void dividesSumsInsteadOfAveragingRates() {
        assertThat(read("Click-through")).containsExactly("0.5");
        assertThat(read("Most searched for")).containsExactly("lamp | 50 | 25 | 0 | 0.6", "unicorn | 10 | 9 | 0.8 | 0");
        assertThat(read("Searched for and not found")).containsExactly("unicorn | 8 | 10 | 9");
    }

    @Test
    void mergesPercentilesOfAllRequests() {
        assertThat(read("Routes"))
                .containsExactly(
                        "shop | GET | /orders/{id} | 1000 | 0.01 | 10 | 10 | 900",
                        "shop | POST | /orders | 10 | 0 | 50 | 50 | 50");
    }

    @Test
    void comparesVariantsWithTheControl() {
        List<String> rows = read("Experiments since their start");

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).startsWith("checkout | control | control | ").endsWith(" | 0.01 | 2.5");
        assertThat(cells(rows.get(1))).contains("new", "1000", "150", "0.15");
        assertThat(Double.parseDouble(cells(rows.get(1)).get(9))).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void comparesWithAWeekBefore() {
        assertThat(read("This time and a week before"))
                .extracting(line -> String.join(" ", cells(line).subList(0, 3)))
                .containsExactly(
                        "1. Page views 1120 550",
                        "2. Sessions 4 1",
                        "3. Orders 11 5",
                        "4. Revenue 120.1 60.05",
                        "5. Searches 60 30",
                        "6. Requests 2010 10");
    }

    @Test
    void aPanelThatNamesAColumnThatIsNoneIsBroken() {
        Panel broken = changed("Views", "view_count", "viewcount");

        assertThatThrownBy(() -> check(EUR, SHOP, day).requireData(broken)).hasMessageContaining("viewcount");
    }

    @Test
    void aPanelThatShowsNothingIsBroken() {
        Panel empty = changed("Most searched for", "GROUP BY term", "AND term = 'nobody' GROUP BY term");

        assertThatThrownBy(() -> check(EUR, SHOP, day).requireData(empty))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rows of Most searched for");
    }

    @Test
    void aPanelWhoseSettingsNameAnotherColumnIsBroken() {
        Panel renamed = changed("Most searched for", "\"Click-through\"", "\"CTR\"");

        assertThatThrownBy(() -> check(EUR, SHOP, day).requireData(renamed))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Click-through");
    }

    @Test
    void aPanelThatAsksTheTableForWhatIsCurrentShowsOtherNumbers() {
        Panel raw = changed("Views", "page_views_5min_current", "page_views_5min");

        assertThat(sum(raw)).isEqualTo(1820);
    }

    private static PanelCheck check(Choice currency, Choice service, Range range) {
        return new PanelCheck(
                clickhouse, new SqlMacros(range, Map.of("currency", currency, "service", service, "zone", UTC)));
    }

    private static Panel changed(String title, String what, String into) {
        ObjectNode json = BOARD.panel(title).json().deepCopy();
        ObjectNode target = (ObjectNode) json.at("/targets/0");
        String sql = target.path("rawSql").asText();
        assertThat(sql).contains(what);
        target.put("rawSql", sql.replace(what, into));
        return new Panel(json);
    }

    private static List<String> cells(String line) {
        return List.of(line.split(Pattern.quote(" | "), -1));
    }

    private static List<String> read(String title) {
        return query(BOARD.panel(title)).lines();
    }

    /** Adds up the last column. */
    private static double sum(String title) {
        return sum(BOARD.panel(title));
    }

    private static double sum(Panel panel) {
        double sum = query(panel).rows().stream()
                .mapToDouble(row -> row.get(row.size() - 1).asDouble())
                .sum();
        return Math.round(sum * 1e6) / 1e6;
    }

    private static Result query(Panel panel) {
        String sql = panel.targets().get(0).path("rawSql").asText();
        SqlMacros macros = new SqlMacros(day, Map.of("currency", EUR, "service", Choice.everyOf(), "zone", UTC));
        if (panel.title().equals("Routes")) {
            macros = new SqlMacros(day, Map.of("currency", EUR, "service", SHOP, "zone", UTC));
        }
        return clickhouse.query(macros.expand(sql));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AnalyticsDashboardIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
