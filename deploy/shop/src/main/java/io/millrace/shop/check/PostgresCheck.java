package io.millrace.shop.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.shop.ShopDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of versions in Postgres, and its view of current rows, against their source: one row for each of the source's,
 * the same values, the version that was captured.
 */
public final class PostgresCheck implements Check {

    private static final String VERSION = "_version";

    private final ShopDatabase database;
    private final String schema;
    private final String table;
    private final @Nullable TopicCheck versions;

    /**
     * Checks one table.
     *
     * @param schema of the table, which has the source's name
     * @param versions the topic whose versions the rows must have; null if they are not compared
     */
    public PostgresCheck(ShopDatabase database, String schema, String table, @Nullable TopicCheck versions) {
        this.database = database;
        this.schema = schema;
        this.table = table;
        this.versions = versions;
    }

    @Override
    public String target() {
        return "postgres." + table;
    }

    @Override
    public CheckResult run(SourceSnapshot source) {
        SourceTable shape = source.table(table);
        Comparison comparison = new Comparison(shape, Representation.DOCUMENT);
        Map<RowKey, FoundRow> rows = read(shape, comparison);
        comparison.compare(source.rows(table), rows);
        if (versions != null) {
            TopicState topic = versions.read(source);
            rows.forEach((key, row) -> {
                if (row.version() != topic.lastVersion(key)) {
                    comparison.differs(key, VERSION, topic.lastVersion(key), row.version());
                }
            });
        }
        return comparison.result(target(), source.rows(table).size());
    }

    /** Joins each row of the view with its version, so that one that only either of them shows is found. */
    private Map<RowKey, FoundRow> read(SourceTable shape, Comparison comparison) {
        String columns = shape.columns().stream()
                .map(column -> "'" + column.name().replace("'", "''") + "', " + column.expression())
                .collect(Collectors.joining(", "));
        String key = shape.keyColumns().stream().map(PostgresCheck::quote).collect(Collectors.joining(", "));
        Map<RowKey, FoundRow> rows = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT jsonb_build_object(" + columns
                        + ")::text, coalesce(v." + VERSION + ", -1) FROM " + quote(schema) + "."
                        + quote(table + "_current") + " FULL JOIN (SELECT " + key + ", " + VERSION + " FROM "
                        + quote(schema) + "." + quote(table) + " WHERE _deleted_at IS NULL) v USING (" + key + ")")) {
            while (found.next()) {
                JsonNode row = Json.parse(found.getString(1));
                RowKey keyOfRow = shape.keyOf(row);
                if (rows.put(keyOfRow, new FoundRow(row, found.getLong(2))) != null) {
                    comparison.differs(keyOfRow, "key", "one row", "another one");
                }
            }
        } catch (SQLException e) {
            throw new TargetException("Postgres cannot be read: " + e.getMessage(), e);
        }
        return rows;
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
