package io.millrace.archive.parquet;

import io.millrace.archive.bytes.Hash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The page of one column, read row by row. */
final class ColumnPage {

    private final Column column;
    private final ByteBuffer values;
    private final boolean[] present;
    private int row;

    /**
     * Reads the header and the levels.
     *
     * @param bytes of the page with its header
     */
    ColumnPage(Column column, byte[] bytes, int rows) throws ParquetFormatException {
        this.column = column;
        ThriftReader reader = new ThriftReader(bytes);
        ThriftStruct header = reader.struct();
        int body = bytes.length - reader.position();
        check(header.number(1) == 0 && header.number(2) == body && header.number(3) == body, "another size or kind");
        ThriftStruct data = header.struct(5);
        check(data.number(1) == rows && data.number(2) == Footer.PLAIN, "another number of rows or encoding");
        this.values = ByteBuffer.wrap(bytes, reader.position(), body).order(ByteOrder.LITTLE_ENDIAN);
        this.present = column.optional() ? levels(rows) : new boolean[0];
    }

    private boolean[] levels(int rows) throws ParquetFormatException {
        int length = (int) number(Integer.BYTES);
        check(length >= 0 && length <= values.remaining(), "levels beyond its end");
        int end = values.position() + length;
        boolean[] levels = new boolean[rows];
        int filled = 0;
        while (values.position() < end) {
            int header = varint();
            check((header & 1) == 0 && header >>> 1 <= rows - filled, "levels of another encoding or number");
            boolean level = number(1) != 0;
            for (int left = header >>> 1; left > 0; left--) {
                levels[filled++] = level;
            }
        }
        check(filled == rows && values.position() == end, "another number of levels");
        return levels;
    }

    private int varint() throws ParquetFormatException {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7) {
            int next = (int) number(1);
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new ParquetFormatException("column " + column.name() + " has a run of more than 32 bits");
    }

    long nextNumber() throws ParquetFormatException {
        row++;
        return number(column.type().isLong() ? Long.BYTES : Integer.BYTES);
    }

    @Nullable
    Long nextOptionalNumber() throws ParquetFormatException {
        if (isPresent()) {
            return nextNumber();
        }
        row++;
        return null;
    }

    byte[] nextBytes() throws ParquetFormatException {
        row++;
        long length = column.type().isVariable() ? number(Integer.BYTES) : Hash.LENGTH;
        check(length >= 0 && length <= values.remaining(), "a value beyond its end");
        byte[] value = new byte[(int) length];
        values.get(value);
        return value;
    }

    byte @Nullable [] nextOptionalBytes() throws ParquetFormatException {
        if (isPresent()) {
            return nextBytes();
        }
        row++;
        return null;
    }

    @Nullable
    String nextOptionalText() throws ParquetFormatException {
        byte[] value = nextOptionalBytes();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    Hash nextHash() throws ParquetFormatException {
        return Hash.of(nextBytes());
    }

    /** Checks that no value is left. */
    void checkEnd() throws ParquetFormatException {
        check(!values.hasRemaining(), "more values than rows");
    }

    private boolean isPresent() {
        return present[row];
    }

    private long number(int bytes) throws ParquetFormatException {
        check(values.remaining() >= bytes, "fewer values than rows");
        return switch (bytes) {
            case 1 -> values.get() & 0xFF;
            case Integer.BYTES -> values.getInt();
            default -> values.getLong();
        };
    }

    private void check(boolean holds, String otherwise) throws ParquetFormatException {
        if (!holds) {
            throw new ParquetFormatException("column " + column.name() + " has a page with " + otherwise);
        }
    }
}
