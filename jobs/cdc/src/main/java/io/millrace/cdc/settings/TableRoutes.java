package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Reads what routes say of a target that has a table, with a view of its current rows, for each table. */
final class TableRoutes {

    private final String viewSuffix;
    private final Map<String, String> paths = new HashMap<>();

    TableRoutes(String viewSuffix) {
        this.viewSuffix = viewSuffix;
    }

    /** Returns the name of the table there: by default the table's own, without its schema. */
    static String name(ConfigNode node, String table) {
        node.refuseUnknown(Set.of("table", "types", "exclude"));
        return node.text("table").orElse(table.substring(table.indexOf('.') + 1));
    }

    /** Tells whether the name is free, and takes it. A table and its view have names of one kind. */
    boolean take(ConfigNode node, String name) {
        for (String taken : List.of(name, name + viewSuffix)) {
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

    /**
     * Reads the chosen types by column.
     *
     * @param rule what a type must be, in words that follow the type
     */
    static Map<String, String> types(ConfigNode node, Predicate<String> isType, String rule) {
        Map<String, String> types = new HashMap<>();
        if (!node.has("types")) {
            return types;
        }
        ConfigNode chosen = node.child("types");
        chosen.requireMapping("of columns to types");
        chosen.node()
                .fieldNames()
                .forEachRemaining(column -> chosen.text(column).ifPresent(type -> {
                    if (isType.test(type)) {
                        types.put(column, type);
                    } else {
                        chosen.problem(column, "is \"" + type + "\"; " + rule);
                    }
                }));
        return types;
    }
}
