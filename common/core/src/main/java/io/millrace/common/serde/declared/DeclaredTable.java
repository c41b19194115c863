package io.millrace.common.serde.declared;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a table by their names, as the catalog or a configuration tells them; in the order of the table.
 */
public record DeclaredTable(Map<String, DeclaredColumn> columns) implements Serializable {

    /**
     * A column.
     *
     * @param optional whether it can be null
     */
    public record DeclaredColumn(PostgresType type, boolean optional) implements Serializable {}

    public DeclaredTable {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** Returns the names, in their order. */
    public Set<String> names() {
        return columns.keySet();
    }

    /** Returns this table with the columns of another one in place of those of the same name, and beside the others. */
    public DeclaredTable with(DeclaredTable other) {
        Map<String, DeclaredColumn> all = new LinkedHashMap<>(columns);
        all.putAll(other.columns);
        return new DeclaredTable(all);
    }
}
