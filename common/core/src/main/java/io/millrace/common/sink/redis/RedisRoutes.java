package io.millrace.common.sink.redis;

import io.millrace.common.config.Problems;
import io.millrace.common.config.Suggestions;
import io.millrace.common.serde.ColumnNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What routes must keep, each by itself and all together. */
public final class RedisRoutes {

    private RedisRoutes() {}

    /** Notes everything that is wrong with routes; those of {@code path[0]} and so on. */
    public static void check(String path, List<RedisRoute> routes, Problems problems) {
        Set<String> tables = new HashSet<>();
        for (int i = 0; i < routes.size(); i++) {
            RedisRoute route = routes.get(i);
            String at = path + "[" + i + "]";
            checkAlone(at, route, problems);
            if (!tables.add(route.table())) {
                problems.add(at + ".table", "is " + route.table() + ", which has a route already; give it one");
            }
            for (RedisRoute other : routes.subList(0, i)) {
                checkApart(at, route, other, problems);
            }
        }
    }

    /**
     * Notes which columns a route names that its table does not have.
     *
     * @param path of the route
     * @param columns what is known of the table; nothing is noted against what is not
     */
    public static void checkColumns(String path, RedisRoute route, ColumnNames columns, Problems problems) {
        if (!columns.key().isEmpty()) {
            String problem = route.key().problemWith(columns.key(), route.mode());
            if (problem != null) {
                problems.add(
                        path + ".key", "is " + route.key() + ", which " + problem + meant(route.key(), columns.key()));
            }
        }
        if (!columns.row().isEmpty()) {
            checkSelected(path + ".include", route, route.include(), columns.row(), problems);
            checkSelected(path + ".exclude", route, route.exclude(), columns.row(), problems);
        }
    }

    private static void checkSelected(
            String path, RedisRoute route, Set<String> selected, Set<String> columns, Problems problems) {
        for (String column : new TreeSet<>(selected)) {
            if (!columns.contains(column)) {
                problems.add(
                        path,
                        "names " + column + ", but " + route.table() + " has the columns " + columns
                                + Suggestions.didYouMean(column, columns));
            }
        }
    }

    private static String meant(KeyTemplate template, Set<String> key) {
        StringBuilder meant = new StringBuilder();
        for (String column : template.columns()) {
            meant.append(key.contains(column) ? "" : Suggestions.didYouMean(column, key));
        }
        return meant.toString();
    }

    private static void checkApart(String at, RedisRoute route, RedisRoute other, Problems problems) {
        boolean writes = route.mode() == RedisMode.WRITE || other.mode() == RedisMode.WRITE;
        if (writes && route.key().overlaps(other.key())) {
            problems.add(
                    at + ".key",
                    "is " + route.key() + ", which can be the same key as " + other.key() + " of " + other.table()
                            + "; begin each with a text of its own, because their rows would overwrite each other");
        }
    }

    private static void checkAlone(String at, RedisRoute route, Problems problems) {
        Duration timeToLive = route.timeToLive();
        if (timeToLive != null && timeToLive.toMillis() < 1) {
            problems.add(at + ".time-to-live", "is " + timeToLive + "; it must be at least 1 ms, or be left out");
        }
        Duration again = route.deleteAgainAfter();
        if (again != null && (again.toMillis() < 1 || route.mode() != RedisMode.INVALIDATE)) {
            problems.add(
                    at + ".delete-again-after",
                    route.mode() == RedisMode.INVALIDATE
                            ? "is " + again + "; it must be at least 1 ms, or be left out"
                            : "is given, but only invalidate deletes what a reader can put back; leave it out");
        }
        if (route.mode() == RedisMode.INVALIDATE && timeToLive != null) {
            problems.add(at + ".time-to-live", "is given, but invalidate writes no value; leave it out");
        }
        if (route.mode() == RedisMode.INVALIDATE
                && !(route.include().isEmpty() && route.exclude().isEmpty())) {
            problems.add(at + ".include", "or exclude is given, but invalidate writes no value; leave them out");
        }
        if (!route.include().isEmpty() && !route.exclude().isEmpty()) {
            problems.add(at + ".include", "and exclude are both given; give one of them");
        }
    }
}
