package io.millrace.shop.visitors.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.check.ClickHouseHttp;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where tables of results are.
 *
 * @param since rows that begin before are those of others
 */
record Warehouse(ClickHouseHttp http, String database, Instant since) {

    /** Returns what the view of the site's visitors has for the days of UTC; of all days, whoever has counted them. */
    Map<String, JsonNode> siteVisitors() {
        Map<String, JsonNode> days = new TreeMap<>();
        http.rows(
                "SELECT toInt64(toUnixTimestamp(toDateTime(day, 'UTC'))) * 1000 AS begin, views, visitors,"
                        + " views_without_sketch FROM " + table("site_visitors_1d") + "(zone = 'UTC')",
                row -> days.put("day=" + row.path("begin").asText(), row));
        return days;
    }

    /** Returns a table's or view's name as it is written in SQL. */
    String table(String name) {
        return database + "." + name;
    }
}
