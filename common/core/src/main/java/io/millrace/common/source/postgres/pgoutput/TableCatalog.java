package io.millrace.common.source.postgres.pgoutput;

import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Column;
import io.debezium.relational.ColumnEditor;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.millrace.common.event.ColumnForms;
import io.millrace.common.postgres.Sql;
import io.millrace.common.source.postgres.RowJson;
import io.millrace.common.source.postgres.TableLostException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.core.TypeInfo;

/**
 * What the catalog says of one table. The stream does not say what a table's defaults are, and which columns may be
 * null; the catalog's answer is of now, and may be later than the message.
 */
public final class TableCatalog {

    /** Firewalls forget a connection that says nothing for longer. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

    /** What the driver tells of a {@code numeric} that was declared without one. */
    private static final int NO_PRECISION = 0;

    /** The driver takes columns for keys that an index only includes. */
    private static final String PRIMARY_KEY = """
            SELECT a.attname
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indisprimary AND n.nspname = ? AND c.relname = ? AND k.place <= i.indnkeyatts
            ORDER BY k.place
            """;

    /**
     * Each ALTER of a column writes its row of the catalog anew. What it finds was committed before the position, which
     * is looked up after that.
     */
    private static final String FORMS = """
            SELECT a.attname, a.atttypid AS type, a.xmin AS altered, pg_current_wal_insert_lsn() AS position
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped AND a.attlen = -1
            """;

    private final PostgresConnection connection;
    private final TypeRegistry types;
    private long asked = System.nanoTime();

    /** Makes one that asks by a connection of its user's. */
    public TableCatalog(PostgresConnection connection, TypeRegistry types) {
        this.connection = connection;
        this.types = types;
    }

    /**
     * Returns a table as it is.
     *
     * @throws SQLException if the catalog cannot be asked
     */
    public Table read(TableId id) throws SQLException {
        DatabaseMetaData catalog = connection.connection().getMetaData();
        return table(id, columns(catalog, id).values(), keys(catalog, id));
    }

    /**
     * Returns the forms of a table's columns as they are, and since when at least.
     *
     * @throws SQLException if the catalog cannot be asked
     */
    public ColumnForms forms(TableId id) throws SQLException {
        long since = 0;
        Map<String, ColumnForms.Form> forms = new HashMap<>();
        for (Sql.Row row : new Sql(open()).rows(FORMS, id.schema(), id.table())) {
            since = Lsn.valueOf(row.text("position")).asLong();
            forms.put(
                    RowJson.escaped(row.text("attname")),
                    new ColumnForms.Form(
                            Integer.parseUnsignedInt(row.text("type")), Integer.parseUnsignedInt(row.text("altered"))));
        }
        return new ColumnForms(since, forms);
    }

    private Connection open() throws SQLException {
        if (System.nanoTime() - asked > LONGEST_IDLE.toNanos()) {
            connection.close();
        }
        asked = System.nanoTime();
        return connection.connection();
    }

    /**
     * Completes a table of these columns.
     *
     * @param keyed whether the message tells the key, too: that of then, which the catalog need not know any more
     */
    Table complete(TableId id, List<SentColumn> sent, boolean keyed) throws SQLException {
        DatabaseMetaData catalog = open().getMetaData();
        Map<String, Column> known = columns(catalog, id);
        List<Column> columns = new ArrayList<>();
        for (SentColumn column : sent) {
            columns.add(column(column, known.get(column.name())));
        }
        List<String> keys = keys(catalog, id, sent, keyed);
        connection.commit();
        return table(id, columns, keys);
    }

    /**
     * A table of Debezium's has one column of each name in lower case.
     *
     * @throws TableLostException if it would lose another one
     */
    private static Table table(TableId id, Collection<Column> columns, List<String> keys) {
        Table table = Table.editor()
                .tableId(id)
                .addColumns(columns)
                .setPrimaryKeyNames(keys)
                .create();
        if (table.columns().size() < columns.size()) {
            throw new TableLostException("Table " + id.identifier() + " has columns whose names differ in upper and"
                    + " lower case alone, of which one would be lost; rename it");
        }
        return table;
    }

    /** In their order. The catalog takes names for patterns, so that it may answer with other tables as well. */
    private Map<String, Column> columns(DatabaseMetaData catalog, TableId id) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        try (ResultSet row = catalog.getColumns(null, id.schema(), id.table(), null)) {
            while (row.next()) {
                if (id.schema().equals(row.getString("TABLE_SCHEM"))
                        && id.table().equals(row.getString("TABLE_NAME"))) {
                    connection
                            .readColumnForDecoder(row, id, null)
                            .ifPresent(column -> columns.put(column.name(), column));
                }
            }
        }
        return columns;
    }

    /** The order of a key's columns is known by the catalog alone. */
    private List<String> keys(DatabaseMetaData catalog, TableId id, List<SentColumn> sent, boolean keyed)
            throws SQLException {
        List<String> now = new ArrayList<>(keys(catalog, id));
        now.retainAll(sent.stream().map(SentColumn::name).toList());
        List<String> then = sent.stream()
                .filter(SentColumn::identifying)
                .map(SentColumn::name)
                .toList();
        boolean isOther = keyed && !then.isEmpty() && !Set.copyOf(then).equals(Set.copyOf(now));
        return isOther ? then : now;
    }

    private List<String> keys(DatabaseMetaData catalog, TableId id) throws SQLException {
        List<String> keys = new Sql(connection.connection())
                .rows(PRIMARY_KEY, id.schema(), id.table()).stream()
                        .map(row -> row.text("attname"))
                        .toList();
        return keys.isEmpty() ? connection.readTableUniqueIndices(catalog, id) : keys;
    }

    /** Describes a column as Debezium does; of one that is gone by now, nothing is known but what was sent. */
    private Column column(SentColumn sent, @Nullable Column known) {
        PostgresType type = types.get(sent.type());
        TypeInfo modified = sent.modifier() == TypeRegistry.NO_TYPE_MODIFIER ? null : type.getTypeInfo();
        int length = modified == null ? type.getDefaultLength() : modified.getPrecision(type.getOid(), sent.modifier());
        int scale = modified == null ? type.getDefaultScale() : modified.getScale(type.getOid(), sent.modifier());
        boolean isUsual = length == type.getDefaultLength() && scale == 0;
        String name = types.nameOf(type);
        ColumnEditor column = Column.editor()
                .name(sent.name())
                .jdbcType(type.getRootType().getJdbcId())
                .nativeType(type.getRootType().getOid())
                .optional(known == null || known.isOptional())
                .type(name, isUsual ? name : name + "(" + length + "," + scale + ")")
                .length(NO_PRECISION);
        if (!hasAnyPrecision(sent)) {
            column.length(length).scale(scale);
        }
        if (known != null && known.hasDefaultValue()) {
            column.defaultValueExpression(known.defaultValueExpression().orElse(null));
        }
        return column.create();
    }

    /** The snapshot's catalog tells no scale of such a column; the type's defaults would say that it has no fraction. */
    private static boolean hasAnyPrecision(SentColumn sent) {
        return sent.type() == Oid.NUMERIC && sent.modifier() == TypeRegistry.NO_TYPE_MODIFIER;
    }
}
