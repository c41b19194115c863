package io.millrace.common.sink.jdbc;

import static io.millrace.common.postgres.TableName.quote;

import io.millrace.common.postgres.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SQL about one table and its view. */
final class Statements {

    /** Asks for a relation's kind, by its quoted name. */
    static final String KIND = "SELECT relkind::text AS kind FROM pg_class WHERE oid = to_regclass(?)";

    /** Asks for a relation's columns, by its quoted name. */
    static final String COLUMNS = """
            SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required,
                   atthasdef AS filled,
                   attgenerated <> '' OR attidentity = 'a' AS generated
            FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum
            """;

    /** Asks for the columns of each index that an upsert can go by, by the table's quoted name. */
    static final String UNIQUE_KEYS = """
            SELECT i.indexrelid::text AS index, a.attname AS name
            FROM pg_index i
              CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, place)
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indpred IS NULL AND i.indexprs IS NULL AND k.place <= i.indnkeyatts
            """;

    /** Asks for the statements that give others the rights that they have to a view, twice by its quoted name. */
    static final String GRANTS = """
            SELECT format('GRANT %s ON %s TO %s', g.privilege_type, ?::text,
                     CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END)
                   || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS statement
            FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g
            WHERE c.oid = to_regclass(?) AND g.grantee <> c.relowner
            """;

    private static final String VERSION = quote(PostgresRoute.VERSION);
    private static final String DELETED_AT = quote(PostgresRoute.DELETED_AT);

    private final String schema;
    private final PostgresRoute route;

    Statements(String schema, PostgresRoute route) {
        this.schema = schema;
        this.route = route;
    }

    String table() {
        return new TableName(schema, route.name()).quoted();
    }

    String view() {
        return new TableName(schema, route.view()).quoted();
    }

    /** Lets one writer at a time change the table. It waits for nobody who holds others back meanwhile. */
    List<String> beginChange() {
        return List.of(
                "SET LOCAL lock_timeout = '5s'",
                "SELECT pg_advisory_xact_lock(" + "millrace".hashCode() + ", " + table().hashCode() + ")");
    }

    String createSchema() {
        return "CREATE SCHEMA IF NOT EXISTS " + quote(schema);
    }

    /** A column of a row that is gone is null, whatever it is in the source. */
    String createTable(RowColumns columns) {
        String defined = Stream.concat(
                        columns.types().entrySet().stream()
                                .map(column -> quote(column.getKey()) + " " + column.getValue()),
                        Stream.of(
                                VERSION + " " + TableLayout.VERSION_TYPE + " NOT NULL",
                                DELETED_AT + " " + TableLayout.DELETED_AT_TYPE,
                                "PRIMARY KEY (" + list(columns.key()) + ")"))
                .collect(Collectors.joining(",\n    "));
        return "CREATE TABLE " + table() + " (\n    " + defined + "\n)";
    }

    String addColumn(String name, String type) {
        return "ALTER TABLE " + table() + " ADD COLUMN " + quote(name) + " " + type;
    }

    String changeColumn(String name, String type) {
        return "ALTER TABLE " + table() + " ALTER COLUMN " + quote(name) + " TYPE " + type + " USING " + quote(name)
                + "::" + type;
    }

    String dropView() {
        return "DROP VIEW " + view();
    }

    /** A view keeps the columns that its table had when it was made. */
    String createView(Map<String, String> shown) {
        return "CREATE OR REPLACE VIEW " + view() + " AS SELECT " + list(shown.keySet()) + " FROM " + table()
                + " WHERE " + DELETED_AT + " IS NULL";
    }

    /**
     * Writes a row unless the table holds a higher version of it; the last two values are its version and whether it is
     * gone. A column that it does not have is null from then on; one with a default is somebody else's, and stays for as
     * long as the row is there. The comment is another one when the table is: a server that has prepared a statement goes
     * on reading its values as the types that the columns had.
     *
     * @param columns that it has
     */
    String upsert(Collection<String> columns, Collection<String> key, TableLayout layout) {
        Stream<String> written = Stream.concat(columns.stream(), PostgresRoute.OWN_COLUMNS.stream())
                .filter(column -> !key.contains(column))
                .map(column -> quote(column) + " = excluded." + quote(column));
        Stream<String> others = layout.emptied().stream()
                .filter(column -> !columns.contains(column))
                .map(column -> quote(column)
                        + (layout.isFilled(column)
                                ? " = CASE WHEN excluded." + DELETED_AT + " IS NULL THEN held." + quote(column) + " END"
                                : " = NULL"));
        return "/* " + Integer.toHexString(layout.columns().hashCode()) + " */ INSERT INTO " + table() + " AS held ("
                + list(columns) + ", " + VERSION + ", " + DELETED_AT
                + ") VALUES (" + "?, ".repeat(columns.size()) + "?, CASE WHEN ? THEN now() END) ON CONFLICT ("
                + list(key) + ") DO UPDATE SET " + list(Stream.concat(written, others)) + guard();
    }

    private static String guard() {
        return " WHERE excluded." + VERSION + " >= held." + VERSION;
    }

    /** Deletes, in one statement, every row whose version is below one; nothing of it is left but the key. */
    String sweep(TableLayout layout, long version) {
        return "UPDATE " + table() + " SET "
                + list(Stream.concat(
                        layout.emptied().stream().map(column -> quote(column) + " = NULL"),
                        Stream.of(VERSION + " = " + version, DELETED_AT + " = now()")))
                + " WHERE " + DELETED_AT + " IS NULL AND " + VERSION + " < " + version;
    }

    private static String list(Collection<String> names) {
        return list(names.stream().map(TableName::quote));
    }

    private static String list(Stream<String> parts) {
        return parts.collect(Collectors.joining(", "));
    }
}
