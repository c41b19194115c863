package io.millrace.benchmarks.analytics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of page views.
 *
 * @param counted whether visitors are counted too
 */
record PageViewsTarget(Warehouse warehouse, Map<String, PageViewEvents.Row> expected, TimeSpan span, boolean counted)
        implements ResultTarget {

    static final String TABLE = "page_views_5min";

    /** Five times the standard error of the sketch. */
    private static final double ERROR = 0.04;

    @Override
    public void clear() throws Exception {
        warehouse.clear(TABLE);
    }

    @Override
    public long events() throws Exception {
        return warehouse.sum("view_count", TABLE, span.end());
    }

    @Override
    public String difference() throws Exception {
        List<String> rows = warehouse.rows(
                "toUnixTimestamp64Milli(window_start), page_url, view_count, visitors", TABLE, span.end());
        Map<String, PageViewEvents.Row> missing = new HashMap<>(expected);
        for (String row : rows) {
            String[] cells = row.split("\t", -1);
            String key = PageViewEvents.key(Long.parseLong(cells[0]), cells[1]);
            PageViewEvents.Row right = missing.remove(key);
            if (right == null) {
                return "there is a row of " + key + " too much";
            }
            long visitors = Long.parseLong(cells[3]);
            if (Long.parseLong(cells[2]) != right.views() || (counted && !isNear(visitors, right.visitors()))) {
                return "the row of " + key + " has " + cells[2] + " views of " + visitors + " visitors; it must be "
                        + right.views() + " of " + right.visitors();
            }
        }
        return missing.isEmpty() ? "" : missing.size() + " rows of " + expected.size() + " are missing";
    }

    private static boolean isNear(long visitors, long exact) {
        return Math.abs(visitors - exact) <= Math.max(1, ERROR * exact);
    }
}
