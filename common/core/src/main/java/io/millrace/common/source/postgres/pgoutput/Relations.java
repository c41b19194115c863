package io.millrace.common.source.postgres.pgoutput;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.millrace.common.event.ColumnForms;
import io.millrace.common.source.postgres.ConnectJson;
import io.millrace.common.source.postgres.RowJson;
import io.millrace.common.source.postgres.TableLostException;
import io.millrace.common.source.postgres.TableNumbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The captured tables that the stream has described, by their numbers. */
final class Relations {

    /** The replica identity DEFAULT. */
    private static final byte PRIMARY_KEY = 'd';

    private final PostgresConnectorConfig config;
    private final PostgresSchema schema;
    private final TableCatalog catalog;
    private final ConnectJson json;
    private final TableNumbers numbers;
    private final RowSchemas schemas = new RowSchemas();
    private final Map<Integer, Relation> known = new HashMap<>();

    Relations(
            PostgresConnectorConfig config,
            PostgresSchema schema,
            PostgresConnection catalog,
            ConnectJson json,
            TableNumbers numbers) {
        this.config = config;
        this.schema = schema;
        this.catalog = new TableCatalog(catalog, schema.getTypeRegistry());
        this.json = json;
        this.numbers = numbers;
    }

    /** Returns a table; null if it is none of ours. */
    @Nullable
    Relation get(int number) {
        return known.get(number);
    }

    /**
     * Takes a description: the first of a table, or one of what it has become.
     *
     * @throws TableLostException if a captured table has another name by now, or its name is another table's
     */
    void describe(ByteBuffer message) throws SQLException, IOException {
        message.get();
        int number = message.getInt();
        TableId id = new TableId(null, SentColumn.text(message), SentColumn.text(message));
        boolean keyed = message.get() == PRIMARY_KEY;
        Relation before = known.remove(number);
        refuseRenamed(before, id);
        if (config.getTableFilters().dataCollectionFilter().isIncluded(id)) {
            refuseAnother(id, Integer.toUnsignedLong(number));
            List<SentColumn> columns = columns(message);
            ColumnForms forms = forms(id, columns, before);
            schema.applySchemaChangesForTable(number, catalog.complete(id, columns, keyed));
            known.put(number, relation(schema.tableFor(id), forms));
        }
    }

    /** The catalog tells when columns were altered last, as of now, and the message of which types they were. */
    private ColumnForms forms(TableId id, List<SentColumn> sent, @Nullable Relation before) throws SQLException {
        Map<String, Integer> types = new HashMap<>();
        sent.forEach(column -> types.put(RowJson.escaped(column.name()), column.type()));
        ColumnForms forms = catalog.forms(id).withTypes(types);
        return before == null ? forms : forms.after(before.forms());
    }

    private static void refuseRenamed(@Nullable Relation before, TableId now) {
        if (before != null && !before.name().equals(now.identifier())) {
            throw new TableLostException("Table " + before.name() + " was renamed to " + now.identifier());
        }
    }

    private void refuseAnother(TableId id, long number) {
        numbers.lost(id.identifier(), number).ifPresent(what -> {
            throw new TableLostException(what);
        });
    }

    private static List<SentColumn> columns(ByteBuffer message) {
        int count = message.getShort();
        List<SentColumn> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(SentColumn.read(message));
        }
        return columns;
    }

    private Relation relation(Table table, ColumnForms forms) throws IOException {
        LogSource source = new LogSource(config.getLogicalName(), config.databaseName(), table.id());
        return new Relation(
                table, schema.schemaFor(table.id()), forms, source, schema.getTypeRegistry(), json, schemas);
    }
}
