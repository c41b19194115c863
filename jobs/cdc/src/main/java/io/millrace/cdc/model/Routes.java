package io.millrace.cdc.model;

import io.millrace.common.sink.clickhouse.ClickHouseRoute;
import io.millrace.common.sink.elasticsearch.IndexRoute;
import io.millrace.common.sink.jdbc.PostgresRoute;
import io.millrace.common.sink.notification.NotificationRoute;
import io.millrace.common.sink.redis.RedisMode;
import io.millrace.common.sink.redis.RedisRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where the rows of each table go.
 *
 * @param targets by schema and name of a table, in the order of the configuration
 * @param elasticsearch what Elasticsearch is told about its tables
 * @param redis what Redis is told about its tables
 * @param clickhouse what ClickHouse is told about its tables
 * @param postgres what Postgres is told about its tables, as a target
 * @param notifications which changes people are told of
 * @param leftOut columns that a target does not get
 */
public record Routes(
        Map<String, Set<Target>> targets,
        List<IndexRoute> elasticsearch,
        List<RedisRoute> redis,
        List<ClickHouseRoute> clickhouse,
        List<PostgresRoute> postgres,
        List<NotificationRoute> notifications,
        LeftOut leftOut) {

    /** Makes routes that leave out no column. */
    public Routes(
            Map<String, Set<Target>> targets,
            List<IndexRoute> elasticsearch,
            List<RedisRoute> redis,
            List<ClickHouseRoute> clickhouse,
            List<PostgresRoute> postgres,
            List<NotificationRoute> notifications) {
        this(targets, elasticsearch, redis, clickhouse, postgres, notifications, LeftOut.NOTHING);
    }

    /** Returns the tables that go to a target which finds by itself what is older than a snapshot. */
    public List<String> swept() {
        return targets.entrySet().stream()
                .filter(route -> route.getValue().stream().anyMatch(Target::sweeps))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Returns where the rows of each table are found in the end.
     *
     * @param databases that the targets write to, of those whose servers have several
     * @param topicPrefix the first part of the topics' names, if any route leads to Kafka
     * @param withSchema whether the topics' keys have a schema: those with one are other keys than those without
     */
    public Map<String, Set<Place>> places(Map<Target, String> databases, String topicPrefix, boolean withSchema) {
        Map<String, Set<Place>> places = new HashMap<>();
        targets.forEach((table, chosen) -> {
            Set<Place> found = places.computeIfAbsent(table, unknown -> new TreeSet<>());
            if (chosen.contains(Target.KAFKA)) {
                found.add(new Place("kafka " + topicPrefix + "." + table + (withSchema ? "" : " without schema")));
            }
        });
        String redisDatabase = databases.getOrDefault(Target.REDIS, "");
        String clickhouseDatabase = databases.getOrDefault(Target.CLICKHOUSE, "");
        String postgresDatabase = databases.getOrDefault(Target.POSTGRES, "");
        elasticsearch.forEach(route -> add(new Place("elasticsearch " + route.index()), route.table(), places));
        redis.forEach(route -> add(place(route, redisDatabase), route.table(), places));
        clickhouse.forEach(
                route -> add(new Place("clickhouse " + route.name(), clickhouseDatabase), route.table(), places));
        postgres.forEach(route -> add(new Place("postgres " + route.name(), postgresDatabase), route.table(), places));
        notifications.forEach(
                route -> add(new Place("notifications of " + new TreeSet<>(route.columns())), route.table(), places));
        return places;
    }

    private static Place place(RedisRoute route, String database) {
        String invalidated = route.mode() == RedisMode.INVALIDATE ? " invalidated" : "";
        return new Place("redis " + route.key() + invalidated, database);
    }

    private static void add(Place place, String table, Map<String, Set<Place>> places) {
        places.computeIfAbsent(table, unknown -> new TreeSet<>()).add(place);
    }

    /** Returns the tables that go to a target. */
    public Set<String> tablesTo(Target target) {
        return targets.entrySet().stream()
                .filter(route -> route.getValue().contains(target))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Returns the tables that have a route. */
    public List<String> tables() {
        return List.copyOf(targets.keySet());
    }

    /** Returns where the configuration has the route of a table, as {@code routes[0]}. */
    public String path(String table) {
        return "routes[" + tables().indexOf(table) + "]";
    }
}
