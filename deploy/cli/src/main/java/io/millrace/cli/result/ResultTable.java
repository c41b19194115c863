package io.millrace.cli.result;

import java.time.Duration;
import java.util.List;

/**
 * A table of results.
 *
 * @param name without its database
 * @param time the column that says when a row's window, or session, begins
 * @param length for how long after a replay's beginning a row may stand for what began before it
 */
record ResultTable(String name, String time, Duration length) {

    /** All of them, as sql/clickhouse makes them. */
    static final List<ResultTable> ALL = List.of(
            new ResultTable("page_views_5min", "window_start", Duration.ofMinutes(5)),
            new ResultTable("revenue_1min", "window_start", Duration.ofMinutes(1)),
            new ResultTable("revenue_1h", "window_start", Duration.ofHours(1)),
            new ResultTable("request_latency_1min", "window_start", Duration.ofMinutes(1)),
            new ResultTable("search_terms_5min", "window_start", Duration.ofMinutes(5)),
            new ResultTable("sessions", "session_start", Duration.ofHours(1)),
            new ResultTable("experiment_results", "window_start", Duration.ofHours(1)),
            new ResultTable("late_events", "window_start", Duration.ofHours(1)));
}
