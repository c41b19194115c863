package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigNode;
import io.millrace.common.sink.jdbc.PostgresRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what routes say of Postgres, and notes everything that is wrong with it. */
final class PostgresRoutesReader {

    /** Postgres itself says whether there is such a type; nothing here can end the statement that it is in. */
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_. ]*(\\([0-9]+(, ?[0-9]+)?\\))?[a-z ]*(\\[])?");

    private final List<PostgresRoute> routes = new ArrayList<>();
    private final TableRoutes names = new TableRoutes(PostgresRoute.VIEW_SUFFIX);

    List<PostgresRoute> routes() {
        return routes;
    }

    void read(ConfigNode node, String table) {
        String name = TableRoutes.name(node, table);
        String problem = PostgresRoute.problemOf(name);
        if (problem != null) {
            node.problem("table", "is \"" + name + "\"; it " + problem);
        } else if (names.take(node, name)) {
            routes.add(new PostgresRoute(table, name, types(node)));
        }
    }

    private static Map<String, String> types(ConfigNode node) {
        return TableRoutes.types(
                node, type -> TYPE.matcher(type).matches(), "it must be a type's name, as numeric(12, 2) or text[]");
    }
}
