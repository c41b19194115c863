package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigNode;
import io.millrace.common.sink.clickhouse.ClickHouseRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what routes say of ClickHouse, and notes everything that is wrong with it. */
final class ClickHouseRoutesReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,190}");

    private final List<ClickHouseRoute> routes = new ArrayList<>();
    private final Map<String, String> paths = new HashMap<>();

    List<ClickHouseRoute> routes() {
        return routes;
    }

    void read(ConfigNode node, String table) {
        node.refuseUnknown(Set.of("table", "types"));
        String name = node.text("table").orElse(table.substring(table.indexOf('.') + 1));
        if (!NAME.matcher(name).matches()) {
            node.problem(
                    "table",
                    "is \"" + name + "\"; it must begin with a letter or `_` and have letters, digits and `_` only, 191"
                            + " at most");
            return;
        }
        if (refuseTaken(node, name)) {
            routes.add(new ClickHouseRoute(table, name, types(node)));
        }
    }

    /** A table and its view have names of one kind. */
    private boolean refuseTaken(ConfigNode node, String name) {
        for (String taken : List.of(name, name + ClickHouseRoute.VIEW_SUFFIX)) {
            String other = paths.putIfAbsent(taken, node.path());
            if (other != null) {
                node.problem(
                        "table",
                        "is " + name + ", which meets " + taken + ", the table or the view of " + other
                                + "; give each its own");
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> types(ConfigNode node) {
        Map<String, String> types = new HashMap<>();
        if (!node.has("types")) {
            return types;
        }
        ConfigNode chosen = node.child("types");
        chosen.requireMapping("of columns to types");
        chosen.node()
                .fieldNames()
                .forEachRemaining(column -> chosen.text(column).ifPresent(type -> {
                    if (ClickHouseRoute.isType(type)) {
                        types.put(column, type);
                    } else {
                        chosen.problem(
                                column,
                                "is \"" + type + "\"; rows can be written as Int8 to Int64, Float32, Float64,"
                                        + " Decimal(P, S), Bool, String, LowCardinality(String), UUID, Date32,"
                                        + " DateTime64(N), and Nullable or Array of these");
                    }
                }));
        return types;
    }
}
