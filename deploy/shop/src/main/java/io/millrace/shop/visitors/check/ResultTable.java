package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.check.ClickHouseHttp;
import io.millrace.shop.check.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table of results.
 *
 * @param view where the newest version of each row is read
 * @param time its column of time, which is read as epoch milliseconds
 * @param keys the other columns of its key
 * @param more what is asked for beside its columns
 * @param damaged a whole number that sabotage raises
 */
record ResultTable(String name, String view, String time, List<String> keys, String more, String damaged) {

    static final ResultTable PAGES = windows(ExpectedPages.RESULT, List.of("page_url"), "", "view_count");
    static final ResultTable MINUTES = windows("revenue_1min", List.of("currency", "category"), "", "items");
    static final ResultTable HOURS = windows("revenue_1h", List.of("currency", "category"), "", "items");
    static final ResultTable SEARCHES = windows(ExpectedSearches.RESULT, List.of("term"), "", "searches");
    static final ResultTable LATENCY = windows(
            ExpectedLatency.RESULT, List.of("service", "route", "method"), ", arraySum(counts) AS bucketed", "errors");
    static final ResultTable SESSIONS = new ResultTable(
            ExpectedSessions.RESULT,
            "sessions_current",
            "session_start",
            List.of("session_id"),
            ", toInt64(toUnixTimestamp64Milli(session_end)) AS ended",
            "searches");
    static final ResultTable EXPERIMENTS =
            windows(ExpectedExperiments.RESULT, List.of("experiment", "variant", "currency"), "", "orders");
    static final ResultTable FUNNEL = new ResultTable("funnel_1h", "funnel_1h", "hour", List.of(), "", "");

    /** Has nothing that counts but its key, so that no earlier row of it is another one. */
    static final ResultTable LATE = new ResultTable(
            ExpectedLate.RESULT,
            "late_events_current",
            "window_start",
            List.of("result", "key", "topic", "partition", "offset"),
            ", toInt64(toUnixTimestamp64Milli(event_time)) AS happened",
            "");

    static final ResultTable LATE_PER_WINDOW = new ResultTable(
            "late_events_per_window", "late_events_per_window", "window_start", List.of("result"), "", "");

    static final List<ResultTable> TABLES = List.of(PAGES, MINUTES, HOURS, SEARCHES, LATENCY, SESSIONS, EXPERIMENTS);

    String target() {
        return "clickhouse." + name;
    }

    private static ResultTable windows(String name, List<String> keys, String more, String damaged) {
        return new ResultTable(name, name + "_current", "window_start", keys, more, damaged);
    }

    /** Returns every row that is there now, by its key. */
    Map<String, JsonNode> read(Warehouse warehouse) {
        Map<String, JsonNode> rows = new TreeMap<>();
        warehouse
                .http()
                .rows(
                        "SELECT " + columns() + more + " FROM (SELECT * FROM " + warehouse.table(view) + " WHERE "
                                + from(warehouse) + ")",
                        row -> rows.put(key(row), row));
        return rows;
    }

    /** Returns the beginning of its last row, in epoch milliseconds; 0 if it has none. */
    long latest(Warehouse warehouse) {
        List<Long> latest = new ArrayList<>();
        warehouse
                .http()
                .rows(
                        "SELECT toInt64(toUnixTimestamp64Milli(max(" + time + "))) AS latest FROM "
                                + warehouse.table(name) + " WHERE " + from(warehouse),
                        row -> latest.add(row.path("latest").asLong()));
        return latest.isEmpty() ? 0 : latest.get(0);
    }

    /**
     * Writes each row again as it was before its last event: with a number and a version that are less by one. Who keeps the
     * highest version keeps what there is.
     */
    void writeEarlier(Warehouse warehouse) {
        String table = warehouse.table(name);
        warehouse
                .http()
                .send("INSERT INTO " + table + " SELECT * REPLACE (" + damaged + " - 1 AS " + damaged
                        + ", _version - 1 AS _version) FROM " + table + " FINAL WHERE _is_deleted = 0 AND "
                        + from(warehouse));
    }

    /** Puts a table in its place that keeps of each row what was written last, whatever its version. */
    void forgetVersions(Warehouse warehouse) {
        String table = warehouse.table(name);
        String other = warehouse.table("unversioned_" + name);
        ClickHouseHttp http = warehouse.http();
        http.rows(
                "SELECT partition_key, sorting_key FROM system.tables WHERE database = '" + warehouse.database()
                        + "' AND name = '" + name + "'",
                keys -> http.send("CREATE TABLE " + other + " AS " + table
                        + " ENGINE = ReplacingMergeTree PARTITION BY "
                        + keys.path("partition_key").asText() + " ORDER BY ("
                        + keys.path("sorting_key").asText() + ")"));
        http.send("EXCHANGE TABLES " + table + " AND " + other);
        http.send("INSERT INTO " + table + " SELECT * FROM " + other + " FINAL WHERE _is_deleted = 0");
    }

    private String columns() {
        return "* REPLACE (toInt64(toUnixTimestamp64Milli(toDateTime64(" + time + ", 3, 'UTC'))) AS " + time + ")";
    }

    private String from(Warehouse warehouse) {
        return time + " >= fromUnixTimestamp64Milli(toInt64("
                + warehouse.since().toEpochMilli() + "), 'UTC')";
    }

    private String key(JsonNode row) {
        return time + "=" + row.path(time).asText()
                + keys.stream()
                        .map(column -> " " + column + "=" + row.path(column).asText())
                        .collect(Collectors.joining());
    }

    /** Raises a number of the first row and leaves its version as it was, so that it wins; returns the row's key. */
    String sabotage(Warehouse warehouse) {
        String table = warehouse.table(name);
        String first = "(SELECT * FROM " + table + " FINAL WHERE _is_deleted = 0 AND " + from(warehouse)
                + " ORDER BY " + time
                + keys.stream().map(column -> ", " + column).collect(Collectors.joining())
                + " LIMIT 1)";
        List<String> damage = new ArrayList<>();
        warehouse.http().rows("SELECT " + columns() + " FROM " + first, row -> damage.add(key(row)));
        if (damage.isEmpty()) {
            throw new TargetException("table " + name + " has no row to damage");
        }
        warehouse
                .http()
                .send("INSERT INTO " + table + " SELECT * REPLACE (" + damaged + " + 1 AS " + damaged + ") FROM "
                        + first);
        return damage.get(0);
    }
}
