package io.millrace.cdc.settings;

import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.Target;
import io.millrace.cdc.model.TypeOptions;
import io.millrace.common.config.ConfigNode;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.serde.declared.DecimalHandling;
import io.millrace.common.serde.declared.DeclaredTable;
import io.millrace.common.serde.declared.DeclaredTable.DeclaredColumn;
import io.millrace.common.serde.declared.Dialect;
import io.millrace.common.serde.declared.PostgresType;
import io.millrace.common.serde.declared.TimePrecision;
import io.millrace.common.sink.redis.RedisMode;
import io.millrace.common.sink.redis.RedisRoute;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of topics whose messages carry no schema: how values are written, and which types columns have. */
final class TypeSettings {

    static final String COLUMNS = "columns";

    static final Setting<DecimalHandling> DECIMALS = Setting.oneOf(
            "source.kafka.decimal-handling",
            DecimalHandling.class,
            Dialect.DEFAULT.decimals(),
            "For topics without the schema: the `decimal.handling.mode` of the Debezium that writes them. A wrong one"
                    + " makes dead letters, or other numbers.");

    static final Setting<TimePrecision> TIMES = Setting.oneOf(
            "source.kafka.time-precision",
            TimePrecision.class,
            Dialect.DEFAULT.times(),
            "For topics without the schema: its `time.precision.mode`, with `-` for `_`. A wrong one makes dead"
                    + " letters, or other times.");

    static final List<Setting<?>> ALL = List.of(DECIMALS, TIMES);

    private TypeSettings() {}

    /** Notes what is wrong with the settings of the source. */
    static void check(ConfigReader config) {
        config.check(ALL);
        CatalogSettings.check(config);
    }

    /** Notes what is wrong with the columns that routes name. */
    static void checkColumns(ConfigReader config, Problems problems) {
        boolean used = config.find(SourceSettings.TYPE)
                .map(SourceSettings.Type.KAFKA::equals)
                .orElse(true);
        for (ConfigNode route : routes(config, problems)) {
            if (route.has(COLUMNS) && !used) {
                route.problem(COLUMNS, "has no effect, because the source tells the types; remove it");
            } else if (route.has(COLUMNS)) {
                table(route.child(COLUMNS));
            }
        }
    }

    /** Reads what the checks found no problem in. */
    static TypeOptions read(ConfigReader config, Routes routes) {
        Map<String, DeclaredTable> columns = new HashMap<>();
        for (ConfigNode route : routes(config, new Problems())) {
            if (route.has(COLUMNS)) {
                route.text("table").ifPresent(table -> columns.put(table, table(route.child(COLUMNS))));
            }
        }
        return new TypeOptions(
                routes.tables(),
                columns,
                CatalogSettings.read(config),
                typed(routes),
                Dialect.debezium(config.get(DECIMALS), config.get(TIMES)));
    }

    /** Kafka gets values as they are, and a key of Redis that is deleted has none. */
    private static Set<String> typed(Routes routes) {
        Set<String> invalidated = routes.redis().stream()
                .filter(route -> route.mode() == RedisMode.INVALIDATE)
                .map(RedisRoute::table)
                .collect(Collectors.toSet());
        return routes.targets().entrySet().stream()
                .filter(route -> route.getValue().stream()
                        .anyMatch(target -> target != Target.KAFKA
                                && !(target == Target.REDIS && invalidated.contains(route.getKey()))))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<ConfigNode> routes(ConfigReader config, Problems problems) {
        return config.subtree(RoutesReader.KEY).isArray()
                ? ConfigNode.list(RoutesReader.KEY, config.subtree(RoutesReader.KEY), problems)
                : List.of();
    }

    private static DeclaredTable table(ConfigNode columns) {
        columns.requireMapping("of columns to types of Postgres");
        Map<String, DeclaredColumn> declared = new LinkedHashMap<>();
        columns.node()
                .fieldNames()
                .forEachRemaining(column -> columns.text(column).ifPresent(type -> {
                    Optional<PostgresType> known = PostgresType.parse(type).filter(PostgresType::isKnown);
                    known.ifPresent(found -> declared.put(column, new DeclaredColumn(found, true)));
                    if (known.isEmpty()) {
                        columns.problem(
                                column,
                                "is \"" + type
                                        + "\"; it must be a type that comes with Postgres, as `numeric(20, 4)` or"
                                        + " `text[]`: `enum` for an enum, and for a domain the type that it stands on");
                    }
                }));
        return new DeclaredTable(declared);
    }
}
