package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigNode;
import io.millrace.common.sink.clickhouse.ClickHouseRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what routes say of ClickHouse, and notes everything that is wrong with it. */
final class ClickHouseRoutesReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,190}");

    private final List<ClickHouseRoute> routes = new ArrayList<>();
    private final TableRoutes names = new TableRoutes(ClickHouseRoute.VIEW_SUFFIX);

    List<ClickHouseRoute> routes() {
        return routes;
    }

    void read(ConfigNode node, String table) {
        String name = TableRoutes.name(node, table);
        if (!NAME.matcher(name).matches()) {
            node.problem(
                    "table",
                    "is \"" + name + "\"; it must begin with a letter or `_` and have letters, digits and `_` only, 191"
                            + " at most");
        } else if (names.take(node, name)) {
            routes.add(new ClickHouseRoute(table, name, types(node)));
        }
    }

    private static Map<String, String> types(ConfigNode node) {
        return TableRoutes.types(
                node,
                ClickHouseRoute::isType,
                "rows can be written as Int8 to Int64, Float32, Float64, Decimal(P, S), Bool, String,"
                        + " LowCardinality(String), UUID, Date32, DateTime64(N), and Nullable or Array of these");
    }
}
