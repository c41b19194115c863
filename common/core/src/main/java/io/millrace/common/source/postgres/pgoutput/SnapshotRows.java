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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import org.postgresql.core.Oid;

/** Makes changes of the rows that a query found, by the same way as the stream's: a row looks the same from both. */
public final class SnapshotRows {

    private final String name;
    private final RowSchema schema;
    private final SourcePosition position;
    private final Rows rows;
    private final Tuple tuple;
    private final BitSet decoded = new BitSet();

    /**
     * Prepares for one table.
     *
     * @param table its columns, in the order in which the query has them
     * @param forms of the columns, which the catalog told before the query ran
     * @param position of every row
     */
    public SnapshotRows(
            Table table,
            TableSchema schema,
            ColumnForms forms,
            TypeRegistry types,
            ConnectJson json,
            SourcePosition position)
            throws IOException {
        this.name = table.id().schema() + "." + table.id().table();
        this.schema = new RowSchemas()
                .of(schema.keySchema(), schema.getEnvelopeSchema().schema(), forms.forRowsReadLater());
        this.position = position;
        this.rows = new Rows(schema, new StructRows(table, schema, types, json));
        this.tuple = new Tuple(table.columns().size());
        for (int column = 0; column < table.columns().size(); column++) {
            decoded.set(column, table.columns().get(column).nativeType() == Oid.BYTEA);
        }
    }

    /** Reads the row at which the query stands; its values must come as text. */
    public StreamedChange read(ResultSet query) throws SQLException, IOException {
        tuple.read(query, decoded);
        RowChange row = new RowChange(
                name,
                Operation.READ,
                RowChange.UNVERSIONED,
                rows.key(tuple),
                null,
                rows.row(tuple),
                schema,
                position,
                null);
        tuple.forget();
        return StreamedChange.of(row, 0);
    }
}
