package io.millrace.cdc.functions;

import io.millrace.common.event.ColumnForms.Form;
import io.millrace.common.source.postgres.RowJson;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A large value as state has it: the form of its column, and then the JSON. Earlier versions kept the JSON alone, whose
 * first byte is never this one: nothing tells of which form such a value is.
 */
final class KeptValue {

    private static final byte FORMED = 0;
    private static final int JSON = 1 + Form.BYTES;

    private KeptValue() {}

    static byte[] of(Form form, byte[] row, RowJson.Column column) {
        int length = column.end() - column.start();
        return ByteBuffer.allocate(JSON + length)
                .put(FORMED)
                .putInt(form.type())
                .putInt(form.altered())
                .put(row, column.start(), length)
                .array();
    }

    /** Returns the JSON; null if the value is of another form, or may be. */
    static byte @Nullable [] json(byte[] kept, Form form) {
        return kept[0] == FORMED && form.equals(form(kept)) ? Arrays.copyOfRange(kept, JSON, kept.length) : null;
    }

    private static Form form(byte[] kept) {
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        return new Form(bytes.getInt(1), bytes.getInt(1 + Integer.BYTES));
    }
}
