package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;
import java.util.Objects;

/** A list of one dimension. ClickHouse knows no list that is null: an empty one stands for it. */
record ArrayType(CellType item) implements CellType {

    @Override
    public String ddl() {
        return "Array(" + item.ddl() + ")";
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        if (row.currentToken() == JsonToken.VALUE_NULL) {
            writeDefault(out);
            return;
        }
        if (row.currentToken() != JsonToken.START_ARRAY) {
            throw ValueReader.misfit(column);
        }
        Column element = Objects.requireNonNullElse(column.items(), column);
        RowBinary items = new RowBinary(64);
        int count = 0;
        while (row.nextToken() != JsonToken.END_ARRAY) {
            if (row.currentToken() == JsonToken.START_ARRAY) {
                throw cannotHold(column, "holds a list of lists");
            }
            if (row.currentToken() == JsonToken.VALUE_NULL && !item.takesNull()) {
                throw cannotHold(column, "holds a list with null in it");
            }
            item.write(row, element, values, items);
            count++;
        }
        out.writeLength(count);
        out.append(items, 0, items.size());
    }

    @Override
    public boolean takesNull() {
        return true;
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLength(0);
    }

    @Override
    public boolean holdsAll(CellType other) {
        return other instanceof ArrayType list && item.holdsAll(list.item);
    }
}
