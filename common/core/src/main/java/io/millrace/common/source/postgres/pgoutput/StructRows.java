package io.millrace.common.source.postgres.pgoutput;

import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputReplicationMessage;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;
import io.millrace.common.source.postgres.ConnectJson;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Rows by Debezium's converters: knows every value of every type, and takes its time. */
final class StructRows {

    private final Table table;
    private final TableSchema schema;
    private final TypeRegistry types;
    private final ConnectJson json;

    StructRows(Table table, TableSchema schema, TypeRegistry types, ConnectJson json) {
        this.table = table;
        this.schema = schema;
        this.types = types;
        this.json = json;
    }

    byte[] row(Tuple tuple) throws IOException {
        return json.write(schema.valueFromColumnData(values(tuple)));
    }

    byte[] key(Tuple tuple) throws IOException {
        return json.write(schema.keyFromColumnData(values(tuple)));
    }

    /** Returns the JSON of each column for a value that is not there: that of one that may not be NULL is a default. */
    List<byte[]> absent() throws IOException {
        Struct nothing = schema.valueFromColumnData(new Object[table.columns().size()]);
        List<byte[]> absent = new ArrayList<>();
        for (Field field : nothing.schema().fields()) {
            absent.add(json.value(nothing.getWithoutDefault(field.name()), field.schema()));
        }
        return absent;
    }

    private @Nullable Object[] values(Tuple tuple) {
        @Nullable Object[] values = new Object[table.columns().size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = tuple.isUnchanged(column)
                    ? UnchangedToastedReplicationMessageColumn.UNCHANGED_TOAST_VALUE
                    : value(table.columns().get(column), tuple.text(column));
        }
        return values;
    }

    private @Nullable Object value(Column column, @Nullable String text) {
        return text == null
                ? null
                : PgOutputReplicationMessage.getValue(
                        column.name(),
                        types.get(column.typeName()),
                        column.typeExpression(),
                        text,
                        StructRows::noConnection,
                        false,
                        types);
    }

    private static org.postgresql.core.BaseConnection noConnection() throws SQLException {
        throw new SQLException("no value needs the database");
    }
}
