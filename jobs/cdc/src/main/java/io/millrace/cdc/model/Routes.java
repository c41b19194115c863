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
 */
public record Routes(
        Map<String, Set<Target>> targets,
        List<IndexRoute> elasticsearch,
        List<RedisRoute> redis,
        List<ClickHouseRoute> clickhouse,
        List<PostgresRoute> postgres,
        List<NotificationRoute> notifications) {

    /** Returns the tables that go to a target which finds by itself what is older than a snapshot. */
    public List<String> swept() {
        return targets.entrySet().stream()
                .filter(route -> route.getValue().stream().anyMatch(Target::sweeps))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Returns where the rows of each table are found in the end, in words that stay the same for as long as what was
     * written there before is found there too.
     *
     * @param topicPrefix the first part of the topics' names, if any route leads to Kafka
     * @param withSchema whether the topics' keys have a schema: those with one are other keys than those without
     */
    public Map<String, Set<String>> places(String topicPrefix, boolean withSchema) {
        Map<String, Set<String>> places = new HashMap<>();
        targets.forEach((table, chosen) -> {
            Set<String> found = places.computeIfAbsent(table, unknown -> new TreeSet<>());
            if (chosen.contains(Target.KAFKA)) {
                found.add("kafka " + topicPrefix + "." + table + (withSchema ? "" : " without schema"));
            }
        });
        elasticsearch.forEach(route -> add("elasticsearch " + route.index(), route.table(), places));
        redis.forEach(route -> add(
                "redis " + route.key() + (route.mode() == RedisMode.INVALIDATE ? " invalidated" : ""),
                route.table(),
                places));
        clickhouse.forEach(route -> add("clickhouse " + route.name(), route.table(), places));
        postgres.forEach(route -> add("postgres " + route.name(), route.table(), places));
        notifications.forEach(
                route -> add("notifications of " + new TreeSet<>(route.columns()), route.table(), places));
        return places;
    }

    private static void add(String place, String table, Map<String, Set<String>> places) {
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
