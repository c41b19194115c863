package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;

/** True and false. */
record BooleanType() implements CellType {

    @Override
    public String ddl() {
        return "Bool";
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        JsonToken token = row.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw ValueReader.misfit(column);
        }
        out.writeLittleEndian(token == JsonToken.VALUE_TRUE ? 1 : 0, 1);
    }

    @Override
    public boolean writePlain(byte[] row, int from, int to, Column column, RowBinary out) {
        boolean isTrue = PlainJson.isBoolean(row, from, to, true);
        if (!isTrue && !PlainJson.isBoolean(row, from, to, false)) {
            return false;
        }
        out.writeLittleEndian(isTrue ? 1 : 0, 1);
        return true;
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLittleEndian(0, 1);
    }
}
