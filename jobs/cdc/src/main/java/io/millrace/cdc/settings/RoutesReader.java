package io.millrace.cdc.settings;

import io.millrace.cdc.model.LeftOut;
import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.Target;
import io.millrace.common.config.ConfigNode;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.sink.elasticsearch.IndexRoute;
import io.millrace.common.sink.redis.KeyTemplate;
import io.millrace.common.sink.redis.RedisForm;
import io.millrace.common.sink.redis.RedisMode;
import io.millrace.common.sink.redis.RedisRoute;
import io.millrace.common.sink.redis.RedisRoutes;
import io.millrace.common.source.kafka.TopicOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code routes} and notes everything that is wrong with them, each with its place. */
final class RoutesReader {

    static final String KEY = "routes";

    private static final Pattern TABLE = Pattern.compile("[^.\\p{Cntrl}]+\\.[^.\\p{Cntrl}]+");
    private static final Set<String> FIELDS = Set.of(
            "table",
            TypeSettings.COLUMNS,
            "kafka",
            "elasticsearch",
            "redis",
            "clickhouse",
            "postgres",
            "notifications");

    /** Those whose routes may leave out columns; Redis' have more to say of them. */
    private static final Set<Target> EXCLUDING =
            Collections.unmodifiableSet(EnumSet.of(Target.ELASTICSEARCH, Target.CLICKHOUSE, Target.POSTGRES));

    private final Problems problems;
    private final Set<Target> configured;
    private final Map<String, Set<Target>> targets = new LinkedHashMap<>();
    private final List<IndexRoute> indices = new ArrayList<>();
    private final Map<String, String> indexPaths = new HashMap<>();
    private final List<RedisRoute> redis = new ArrayList<>();
    private final List<String> redisPaths = new ArrayList<>();
    private final ClickHouseRoutesReader clickhouse = new ClickHouseRoutesReader();
    private final PostgresRoutesReader postgres = new PostgresRoutesReader();
    private final NotificationRoutesReader notifications;
    private final Map<Target, Map<String, Set<String>>> leftOut = new EnumMap<>(Target.class);

    private RoutesReader(ConfigReader config, Set<Target> configured, Problems problems) {
        this.configured = configured;
        this.problems = problems;
        this.notifications = new NotificationRoutesReader(config);
    }

    /**
     * Reads them.
     *
     * @param configured the targets that the configuration says how to reach
     */
    static Routes read(ConfigReader config, Set<Target> configured, Problems problems) {
        RoutesReader reader = new RoutesReader(config, configured, problems);
        if (config.subtree(KEY).isEmpty()) {
            problems.add(
                    KEY,
                    "are missing; name at least one table and a target, as"
                            + " `- {table: public.users, elasticsearch: {index: users}}`");
        } else {
            ConfigNode.list(KEY, config.subtree(KEY), problems).forEach(reader::read);
        }
        reader.checkRedisTogether();
        return new Routes(
                Collections.unmodifiableMap(reader.targets),
                reader.indices,
                reader.redis,
                reader.clickhouse.routes(),
                reader.postgres.routes(),
                reader.notifications.routes(),
                new LeftOut(reader.leftOut));
    }

    private void read(ConfigNode route) {
        route.refuseUnknown(FIELDS);
        String table = route.requiredText("table", "each route is about one").orElse("");
        if (!table.isEmpty() && !TABLE.matcher(table).matches()) {
            route.problem("table", "is \"" + table + "\"; it must be schema and name, as `public.users`");
        }
        Set<Target> chosen = EnumSet.noneOf(Target.class);
        for (Target target : Target.values()) {
            if (route.has(target.label())) {
                chosen.add(target);
                refuseUnconfigured(route, target);
            }
        }
        if (chosen.isEmpty()) {
            problems.add(
                    route.path(),
                    "has no target; add `kafka: {}`, `elasticsearch: {…}`, `redis: {…}`, `clickhouse: {}`,"
                            + " `postgres: {}` or `notifications: {…}`");
        }
        if (!table.isEmpty() && targets.put(table, chosen) != null) {
            route.problem("table", "is " + table + ", which has a route already; put all its targets into one");
        }
        readTargets(route, table, chosen);
    }

    private void refuseUnconfigured(ConfigNode route, Target target) {
        if (!configured.contains(target)) {
            route.problem(
                    target.label(), "is not configured; say under `targets." + target.label() + "` how it is reached");
        }
    }

    private void readTargets(ConfigNode route, String table, Set<Target> chosen) {
        for (Target target : chosen) {
            ConfigNode node = route.child(target.label());
            if (EXCLUDING.contains(target)) {
                readLeftOut(target, node, table);
            }
            switch (target) {
                case KAFKA -> checkTopic(node, table);
                case ELASTICSEARCH -> readIndex(node, table);
                case REDIS -> readRedis(node, table);
                case CLICKHOUSE -> clickhouse.read(node, table);
                case POSTGRES -> postgres.read(node, table);
                case NOTIFICATIONS -> notifications.read(node, table);
            }
        }
    }

    private void readLeftOut(Target target, ConfigNode node, String table) {
        Set<String> columns = Set.copyOf(node.texts("exclude"));
        if (!columns.isEmpty()) {
            leftOut.computeIfAbsent(target, unknown -> new HashMap<>()).put(table, columns);
        }
    }

    private void checkTopic(ConfigNode node, String table) {
        node.refuseUnknown(Set.of());
        if (!table.isEmpty() && !TopicOptions.isTopic(table)) {
            problems.add(
                    node.path(),
                    "cannot take " + table
                            + ": its topic would have that name, and Kafka's have letters a to z, digits,"
                            + " `.`, `_` and `-` only");
        }
    }

    private void readIndex(ConfigNode node, String table) {
        node.refuseUnknown(Set.of("index", "mapping", "exclude"));
        String index =
                node.requiredText("index", "it is the alias that is searched").orElse("");
        if (index.isEmpty()) {
            return;
        }
        String problem = IndexRoute.problemOf(index);
        if (problem != null) {
            node.problem("index", "cannot be: " + problem);
            return;
        }
        String other = indexPaths.putIfAbsent(index, node.path());
        if (other != null) {
            node.problem(
                    "index",
                    "is " + index + ", as that of " + other
                            + "; give each table its own, because their ids would meet");
        }
        indices.add(new IndexRoute(
                table, index, node.has("mapping") ? node.node().path("mapping").toString() : null));
    }

    private void readRedis(ConfigNode node, String table) {
        node.refuseUnknown(Set.of("mode", "key", "time-to-live", "include", "exclude", "delete-again-after"));
        RedisMode mode = node.oneOf("mode", RedisMode.class).orElse(RedisMode.WRITE);
        String key =
                node.requiredText("key", "it names each row, as `user:{id}`").orElse("");
        if (key.isEmpty()) {
            return;
        }
        List<String> wrong = KeyTemplate.problemsOf(key);
        wrong.forEach(problem -> node.problem("key", "is \"" + key + "\": " + problem));
        if (wrong.isEmpty()) {
            redis.add(new RedisRoute(
                    table,
                    mode,
                    KeyTemplate.parse(key),
                    node.duration("time-to-live").orElse(null),
                    Set.copyOf(node.texts("include")),
                    Set.copyOf(node.texts("exclude")),
                    node.duration("delete-again-after").orElse(null),
                    RedisForm.JSON));
            redisPaths.add(node.path());
        }
    }

    private void checkRedisTogether() {
        Problems together = new Problems();
        RedisRoutes.check("", redis, together);
        for (Problem problem : together.found()) {
            int end = problem.path().indexOf(']');
            String path = redisPaths.get(Integer.parseInt(problem.path().substring(1, end)));
            String field = problem.path().substring(end + 1);
            if (!field.equals(".table")) {
                problems.add(path + field, problem.message());
            }
        }
    }
}
