package io.millrace.common.serde.declared;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * What is known of tables whose changes may come without a schema.
 *
 * @param tables by schema and name
 * @param typed tables whose rows must not go on without types, because a target would hold other values then
 * @param dialect of records that another Debezium wrote
 */
public record DeclaredTables(Map<String, DeclaredTable> tables, Set<String> typed, Dialect dialect)
        implements Serializable {

    /** Nothing is known, and nothing has to be. */
    public static final DeclaredTables NONE = new DeclaredTables(Map.of(), Set.of(), Dialect.DEFAULT);

    public DeclaredTables {
        tables = Map.copyOf(tables);
        typed = Set.copyOf(typed);
    }
}
