package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigNode;
import io.millrace.common.sink.jdbc.PostgresRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what routes say of Postgres, and notes everything that is wrong with it. */
final class PostgresRoutesReader {

    /** Postgres itself says whether there is such a type; nothing here can end the statement that it is in. */
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_. ]*(\\([0-9]+(, ?[0-9]+)?\\))?[a-z ]*(\\[])?");

    private final List<PostgresRoute> routes = new ArrayList<>();
    private final Map<String, String> paths = new HashMap<>();

    List<PostgresRoute> routes() {
        return routes;
    }

    void read(ConfigNode node, String table) {
        node.refuseUnknown(Set.of("table", "types"));
        String name = node.text("table").orElse(table.substring(table.indexOf('.') + 1));
        String problem = PostgresRoute.problemOf(name);
        if (problem != null) {
            node.problem("table", "is \"" + name + "\"; it " + problem);
        } else if (refuseTaken(node, name)) {
            routes.add(new PostgresRoute(table, name, types(node)));
        }
    }

    /** A table and its view have names of one kind. */
    private boolean refuseTaken(ConfigNode node, String name) {
        for (String taken : List.of(name, name + PostgresRoute.VIEW_SUFFIX)) {
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
                    if (TYPE.matcher(type).matches()) {
                        types.put(column, type);
                    } else {
                        chosen.problem(
                                column, "is \"" + type + "\"; it must be a type's name, as numeric(12, 2) or text[]");
                    }
                }));
        return types;
    }
}
