package io.millrace.cdc.model;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.serde.declared.DeclaredTable;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.serde.declared.Dialect;
import io.millrace.common.source.postgres.PostgresCatalog;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who tells the types of rows whose messages carry no schema.
 *
 * @param tables those that are routed
 * @param columns what routes say of their tables; it goes before what the catalog says
 * @param catalog the database that has the tables
 * @param typed tables whose targets need types
 */
public record TypeOptions(
        List<String> tables,
        Map<String, DeclaredTable> columns,
        Optional<PostgresAddress> catalog,
        Set<String> typed,
        Dialect dialect) {

    /** The configuration's key of the catalog's address. */
    public static final String CATALOG = "source.kafka.catalog";

    /** Asks the catalog, if there is one; a problem is noted if it does not answer. */
    public DeclaredTables read(Problems problems) {
        Map<String, DeclaredTable> declared = new HashMap<>();
        catalog.ifPresent(address -> declared.putAll(ask(address, problems)));
        columns.forEach((table, named) -> declared.merge(table, named, DeclaredTable::with));
        return new DeclaredTables(declared, typed, dialect);
    }

    /**
     * Asks the catalog, if there is one.
     *
     * @throws io.millrace.common.config.InvalidConfigurationException if it does not answer
     */
    public DeclaredTables read() {
        Problems problems = new Problems();
        DeclaredTables declared = read(problems);
        problems.throwIfAny();
        return declared;
    }

    private Map<String, DeclaredTable> ask(PostgresAddress address, Problems problems) {
        try {
            return PostgresCatalog.tables(address, tables);
        } catch (SQLException e) {
            problems.add(CATALOG, "cannot be asked: " + address.url() + " answered: " + e.getMessage());
            return Map.of();
        }
    }
}
