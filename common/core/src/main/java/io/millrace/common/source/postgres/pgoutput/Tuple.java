package io.millrace.common.source.postgres.pgoutput;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row, as text, where they lie. Used again for the next row. See <a
 * href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">TupleData</a>.
 */
final class Tuple {

    private static final byte TEXT = 't';
    private static final byte NULL = 'n';
    private static final byte UNCHANGED = 'u';

    private static final byte[] NOTHING = new byte[0];

    private final byte[] kinds;
    private final int[] starts;
    private final int[] lengths;
    private byte[] bytes = NOTHING;

    Tuple(int columns) {
        kinds = new byte[columns];
        starts = new int[columns];
        lengths = new int[columns];
    }

    /** Reads the values, and leaves the message behind the last of them. */
    Tuple read(ByteBuffer message) {
        int columns = message.getShort();
        if (columns != kinds.length) {
            throw new IllegalStateException(
                    "a row of " + columns + " columns came for a table of which Postgres had told " + kinds.length);
        }
        bytes = message.array();
        for (int column = 0; column < columns; column++) {
            kinds[column] = message.get();
            if (kinds[column] == TEXT) {
                lengths[column] = message.getInt();
                starts[column] = message.arrayOffset() + message.position();
                message.position(message.position() + lengths[column]);
            } else if (kinds[column] != NULL && kinds[column] != UNCHANGED) {
                throw new IllegalStateException(
                        "a value of kind `" + (char) kinds[column] + "` came; text was asked for");
            }
        }
        return this;
    }

    /**
     * Reads the row at which a query stands.
     *
     * @param decoded the columns whose bytes the driver does not give as they came
     */
    Tuple read(ResultSet query, BitSet decoded) throws SQLException {
        byte[][] values = new byte[kinds.length][];
        int end = 0;
        for (int column = 0; column < kinds.length; column++) {
            byte[] value = decoded.get(column) ? encoded(query, column + 1) : query.getBytes(column + 1);
            kinds[column] = value == null ? NULL : TEXT;
            starts[column] = end;
            lengths[column] = value == null ? 0 : value.length;
            values[column] = value == null ? NOTHING : value;
            end += lengths[column];
        }
        bytes = new byte[end];
        for (int column = 0; column < kinds.length; column++) {
            System.arraycopy(values[column], 0, bytes, starts[column], lengths[column]);
        }
        return this;
    }

    private static byte @Nullable [] encoded(ResultSet query, int column) throws SQLException {
        String text = query.getString(column);
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes what was not sent from the row as it was before, where that was. */
    Tuple filledFrom(Tuple before) {
        int missing = 0;
        for (int column = 0; column < kinds.length; column++) {
            missing += isIn(before, column) ? before.lengths[column] : 0;
        }
        if (missing > 0) {
            int end = bytes.length;
            bytes = Arrays.copyOf(bytes, end + missing);
            for (int column = 0; column < kinds.length; column++) {
                if (isIn(before, column)) {
                    System.arraycopy(before.bytes, before.starts[column], bytes, end, before.lengths[column]);
                    kinds[column] = TEXT;
                    starts[column] = end;
                    lengths[column] = before.lengths[column];
                    end += before.lengths[column];
                }
            }
        }
        return this;
    }

    private boolean isIn(Tuple before, int column) {
        return kinds[column] == UNCHANGED && before.kinds[column] == TEXT;
    }

    /** Lets the message go, which may be large. */
    void forget() {
        bytes = NOTHING;
    }

    boolean isNull(int column) {
        return kinds[column] == NULL;
    }

    /** Returns whether the column holds a large value that the change did not touch, and Postgres did not send. */
    boolean isUnchanged(int column) {
        return kinds[column] == UNCHANGED;
    }

    /** Writes a value; false if its form does not know it. */
    boolean write(int column, PrintedForm form, JsonBytes json) {
        return form.write(bytes, starts[column], lengths[column], json);
    }

    /** Returns what Postgres printed; null for NULL, and for what it did not send. */
    @Nullable
    String text(int column) {
        return kinds[column] == TEXT
                ? new String(bytes, starts[column], lengths[column], StandardCharsets.UTF_8)
                : null;
    }
}
