package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.monitoring.Result.Column;
import java.util.List;

/** Whether a panel over ClickHouse has something to show: the query runs, and gives data in the form that the panel takes. */
record PanelCheck(ClickHouse clickhouse, SqlMacros macros) {

    /** @throws AssertionError or IllegalStateException if a query of the panel is broken, or shows nothing */
    void requireData(Panel panel) {
        assertThat(panel.targets()).as(panel.title()).isNotEmpty();
        for (JsonNode target : panel.targets()) {
            String sql = macros.expand(target.path("rawSql").asText());
            Result result = clickhouse.query(sql);
            assertThat(result.rows()).as("rows of %s, by\n%s", panel, sql).isNotEmpty();
            assertThat(result.names()).as("what the settings of %s name", panel).containsAll(panel.namedFields());
            assertThat(result.columns())
                    .as("what Grafana can show of %s", panel)
                    .allMatch(column -> column.isTime() || column.isNumber() || column.isText());
            requireNumbers(panel, result);
            if (target.path("queryType").asText().equals("timeseries")) {
                requireCurve(panel, result);
            }
        }
    }

    private static void requireNumbers(Panel panel, Result result) {
        List<Column> columns = result.columns();
        assertThat(columns).as(panel.title()).anyMatch(Column::isNumber);
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            assertThat(result.rows())
                    .as("values of \"%s\" in %s", columns.get(i).name(), panel)
                    .anyMatch(row -> !row.get(at).isNull()
                            && !row.get(at).asText().isEmpty()
                            && !row.get(at).asText().equals("nan"));
        }
    }

    /** Grafana makes curves of rows in the order of their time, which comes first; texts tell the curves apart. */
    private static void requireCurve(Panel panel, Result result) {
        assertThat(result.columns().get(0).name()).as(panel.title()).isEqualTo("time");
        assertThat(result.columns().get(0).isTime()).as(panel.title()).isTrue();
        assertThat(result.rows().stream().map(row -> row.get(0).asText()))
                .as("times of %s", panel)
                .isSorted();
        boolean named = result.columns().stream().anyMatch(Column::isText);
        long values = result.columns().stream().filter(Column::isNumber).count();
        assertThat(!named || values == 1)
                .as("%s has one value beside a text, which names the curve", panel)
                .isTrue();
    }
}
