package io.millrace.common.serde.declared;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The schemas of messages that come without one; one instance for each. For one thread. */
public final class DeclaredSchemas {

    /** Keys are made by whoever writes the topic: no more of their shapes are kept. */
    private static final int MOST = 10_000;

    private final DeclaredTables declared;
    private final Map<Shape, RowSchema> written = new HashMap<>();

    private record Shape(String table, List<String> key, boolean own) {}

    public DeclaredSchemas(DeclaredTables declared) {
        this.declared = declared;
    }

    /** Whether anything is known of a table. */
    public boolean knows(String table) {
        return declared.tables().containsKey(table);
    }

    /**
     * Returns the schema of a record's message.
     *
     * @param table one that this {@linkplain #knows}
     * @param key the names in its key, in their order
     */
    public RowSchema of(ConsumedRecord record, String table, List<String> key) {
        DeclaredTable known = Objects.requireNonNull(declared.tables().get(table));
        if (written.size() >= MOST) {
            written.clear();
        }
        boolean own = record.header(Version.HEADER) != null;
        return written.computeIfAbsent(
                new Shape(table, key, own),
                shape -> new SchemaWriter(own ? Dialect.OWN : declared.dialect()).write(table, known, key));
    }

    /**
     * Refuses a row without a schema that cannot be understood.
     *
     * @param columns the names in the row; none for a row that is gone
     * @throws DataException if a column is not declared, or the table is not and has to be
     */
    public void requireTypes(String table, List<String> columns) throws DataException {
        DeclaredTable known = declared.tables().get(table);
        if (known == null) {
            if (declared.typed().contains(table)) {
                throw new DataException("the message has no schema, and nothing else tells the types of " + table
                        + ". Name the database under `source.kafka.catalog`, or the columns under `columns` of the"
                        + " table's route, or let Debezium write the schema");
            }
            return;
        }
        for (String column : columns) {
            if (!known.columns().containsKey(column)) {
                throw new DataException("the message has no schema, and the column \"" + column + "\" of " + table
                        + " was not there when the job started. Restart it, so that it reads the catalog again, or name"
                        + " the column's type under `columns` of the table's route");
            }
        }
    }
}
