package io.millrace.cdc.preflight;

import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.Target;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Suggestions;
import io.millrace.common.serde.ColumnNames;
import io.millrace.common.sink.clickhouse.ClickHouseRoute;
import io.millrace.common.sink.elasticsearch.IndexRoute;
import io.millrace.common.sink.jdbc.PostgresRoute;
import io.millrace.common.sink.notification.NotificationRoute;
import io.millrace.common.sink.notification.ToldChange;
import io.millrace.common.sink.redis.KeyTemplate;
import io.millrace.common.sink.redis.RedisRoute;
import io.millrace.common.sink.redis.RedisRoutes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether routes name columns that their tables have. */
public final class RouteColumns {

    private static final String UNCHECKED = " that could not be checked, because no record tells them yet";
    private static final ColumnNames UNKNOWN = new ColumnNames(Set.of(), Set.of());

    private final Routes routes;
    private final Problems problems;

    public RouteColumns(Routes routes, Problems problems) {
        this.routes = routes;
        this.problems = problems;
    }

    /**
     * Notes what is misspelt.
     *
     * @param columns by table, of those that are known
     */
    public void check(Map<String, ColumnNames> columns) {
        for (RedisRoute route : routes.redis()) {
            checkRedis(route, columns.getOrDefault(route.table(), UNKNOWN));
        }
        for (IndexRoute route : routes.elasticsearch()) {
            ColumnNames known = columns.getOrDefault(route.table(), UNKNOWN);
            checkMapping(route, known);
            String path = routes.path(route.table()) + ".elasticsearch";
            refuseOwn(path, route.table(), IndexRoute.OWN_FIELDS, known, "document");
        }
        for (ClickHouseRoute route : routes.clickhouse()) {
            checkTypes(route, columns.getOrDefault(route.table(), UNKNOWN));
        }
        for (PostgresRoute route : routes.postgres()) {
            ColumnNames known = columns.getOrDefault(route.table(), UNKNOWN);
            String path = routes.path(route.table()) + ".postgres";
            requireColumns(path, route.table(), route.types().keySet(), known);
            refuseOwn(path, route.table(), PostgresRoute.OWN_COLUMNS, known, "table");
        }
        for (NotificationRoute route : routes.notifications()) {
            checkNotifications(route, columns.getOrDefault(route.table(), UNKNOWN));
        }
        for (String table : routes.tables()) {
            ColumnNames known = columns.getOrDefault(table, UNKNOWN);
            routes.leftOut().of(table).forEach((target, left) -> checkLeftOut(target, table, left, known));
        }
    }

    private void checkLeftOut(Target target, String table, Set<String> left, ColumnNames columns) {
        String path = routes.path(table) + "." + target.label();
        checkNamed(path + ".exclude", table, left, columns.row());
        for (String column : new TreeSet<>(left)) {
            if (columns.key().contains(column)) {
                problems.add(
                        path + ".exclude",
                        "names " + column + ", which is of the key of " + table
                                + ": without it rows there could not be told apart");
            }
        }
        if (columns.row().isEmpty()) {
            problems.note(path, "names columns of " + table + UNCHECKED);
        }
    }

    private void checkNotifications(NotificationRoute route, ColumnNames columns) {
        String path = routes.path(route.table()) + ".notifications";
        KeyTemplate room = route.room();
        Set<String> inRoom = room == null ? Set.of() : room.columns();
        checkNamed(path + ".columns", route.table(), route.columns(), columns.row());
        checkNamed(path + ".room", route.table(), inRoom, columns.row());
        boolean tellsMore = !columns.key().isEmpty() && !columns.key().containsAll(inRoom);
        if (route.on().contains(ToldChange.DELETE) && tellsMore) {
            problems.add(
                    path + ".room",
                    "is " + room + ", but with delete in `on` it must name columns of the key " + columns.key()
                            + " only, because a delete tells no others");
        }
        if (columns.row().isEmpty()) {
            problems.note(path, "names columns of " + route.table() + UNCHECKED);
        }
    }

    private void checkNamed(String path, String table, Set<String> named, Set<String> columns) {
        for (String column : new TreeSet<>(named)) {
            if (!columns.isEmpty() && !columns.contains(column)) {
                problems.add(
                        path,
                        "names " + column + ", which is no column of " + table
                                + Suggestions.didYouMean(column, columns));
            }
        }
    }

    private void checkRedis(RedisRoute route, ColumnNames columns) {
        String path = routes.path(route.table()) + ".redis";
        RedisRoutes.checkColumns(path, route, columns, problems);
        boolean selects = !route.include().isEmpty() || !route.exclude().isEmpty();
        if (columns.key().isEmpty() || (selects && columns.row().isEmpty())) {
            problems.note(path, "names columns of " + route.table() + UNCHECKED);
        }
    }

    private void checkTypes(ClickHouseRoute route, ColumnNames columns) {
        String path = routes.path(route.table()) + ".clickhouse";
        requireColumns(path, route.table(), route.types().keySet(), columns);
        for (String column : columns.key()) {
            String type = route.types().getOrDefault(column, "");
            if (type.contains("Nullable") || type.startsWith("Array")) {
                problems.add(
                        path + ".types." + column,
                        "is " + type + ", but the column is of the key, by which the table is sorted: name a type"
                                + " without Nullable or Array");
            }
        }
        refuseOwn(path, route.table(), ClickHouseRoute.OWN_COLUMNS, columns, "table");
    }

    private void requireColumns(String path, String table, Set<String> typed, ColumnNames columns) {
        for (String column : typed) {
            if (!columns.row().isEmpty() && !columns.row().contains(column)) {
                problems.add(
                        path + ".types." + column,
                        "is no column of " + table + Suggestions.didYouMean(column, columns.row()));
            }
        }
    }

    private void refuseOwn(String path, String table, List<String> ownColumns, ColumnNames columns, String whose) {
        for (String own : ownColumns) {
            if (columns.row().contains(own)) {
                problems.add(
                        path,
                        "cannot take " + table + ": it has a column " + own + ", which each " + whose
                                + " there has for itself");
            }
        }
    }

    private void checkMapping(IndexRoute route, ColumnNames columns) {
        String path = routes.path(route.table()) + ".elasticsearch.mapping";
        try {
            for (String field : route.mappedFields()) {
                if (!columns.row().isEmpty() && !columns.row().contains(field)) {
                    problems.note(
                            path,
                            "has " + field + ", which is no column of " + route.table()
                                    + Suggestions.didYouMean(field, columns.row()));
                }
            }
        } catch (IllegalArgumentException e) {
            problems.add(path, "cannot be used: " + e.getMessage());
        }
    }
}
