package io.millrace.common.sink.clickhouse.type;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ValueReader;
import java.io.IOException;
import java.util.UUID;

/** UUIDs: two halves, each little-endian. */
record UuidType() implements CellType {

    private static final int TEXT = 36;

    @Override
    public String ddl() {
        return "UUID";
    }

    @Override
    public void write(JsonParser row, Column column, ValueReader values, RowBinary out)
            throws IOException, DataException {
        String text = row.getText();
        try {
            UUID uuid = UUID.fromString(text);
            if (text.length() != TEXT) {
                throw ValueReader.misfit(column);
            }
            out.writeLittleEndian(uuid.getMostSignificantBits(), 8);
            out.writeLittleEndian(uuid.getLeastSignificantBits(), 8);
        } catch (IllegalArgumentException e) {
            throw ValueReader.misfit(column);
        }
    }

    @Override
    public void writeDefault(RowBinary out) {
        out.writeLittleEndian(0, 8);
        out.writeLittleEndian(0, 8);
    }
}
