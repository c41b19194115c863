package io.millrace.common.source.postgres.pgoutput;

import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;
import io.millrace.common.event.ColumnForms;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.source.postgres.ConnectJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One table as the stream describes it, until it describes it anew. */
final class Relation {

    private static final byte[] NO_KEY = new byte[0];

    private final String name;
    private final ColumnForms forms;
    private final RowSchema schema;
    private final RowSchema keyless;
    private final LogSource source;
    private final Rows rows;
    private final Tuple before;
    private final Tuple after;

    Relation(
            Table table,
            TableSchema schema,
            ColumnForms forms,
            LogSource source,
            TypeRegistry types,
            ConnectJson json,
            RowSchemas schemas)
            throws IOException {
        this.name = table.id().schema() + "." + table.id().table();
        this.forms = forms;
        this.schema = schemas.of(schema.keySchema(), schema.getEnvelopeSchema().schema(), forms);
        this.keyless = schemas.of(null, schema.getEnvelopeSchema().schema(), forms);
        this.source = source;
        this.rows = new Rows(schema, new StructRows(table, schema, types, json));
        this.before = new Tuple(table.columns().size());
        this.after = new Tuple(table.columns().size());
    }

    /** Returns schema and name of then. */
    String name() {
        return name;
    }

    /** Returns the forms of its columns. */
    ColumnForms forms() {
        return forms;
    }

    /** Returns the tuple to read a row into as it was. */
    Tuple before() {
        return before;
    }

    /** Returns the tuple to read a row into as it is. */
    Tuple after() {
        return after;
    }

    /** Lets go what was read. */
    void forget() {
        before.forget();
        after.forget();
    }

    byte[] row(Tuple tuple) throws IOException {
        return rows.row(tuple);
    }

    byte[] key(Tuple tuple) throws IOException {
        return rows.key(tuple);
    }

    RowChange change(
            Operation operation,
            byte[] key,
            byte @Nullable [] rowBefore,
            byte @Nullable [] rowAfter,
            Transaction transaction,
            long lsn) {
        return change(operation, key, rowBefore, rowAfter, schema, transaction, lsn);
    }

    RowChange truncate(Transaction transaction, long lsn) {
        return change(Operation.TRUNCATE, NO_KEY, null, null, keyless, transaction, lsn);
    }

    private RowChange change(
            Operation operation,
            byte[] key,
            byte @Nullable [] rowBefore,
            byte @Nullable [] rowAfter,
            RowSchema described,
            Transaction transaction,
            long lsn) {
        return new RowChange(
                name,
                operation,
                RowChange.UNVERSIONED,
                key,
                rowBefore,
                rowAfter,
                described,
                new SourcePosition(
                        lsn,
                        transaction.previousCommit(),
                        transaction.commitTime(),
                        false,
                        source.at(transaction, lsn)),
                null);
    }
}
