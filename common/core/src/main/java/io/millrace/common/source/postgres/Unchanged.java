package io.millrace.common.source.postgres;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;

/**
 * How a TOASTed value that an update did not touch, and Postgres therefore did not send, is marked until it is
 * filled in: in Debezium's structs by a random text of this job, in a row's JSON by an object, which no column's
 * value ever is.
 */
public final class Unchanged {

    /** Stands for the value in the bytes of a row. */
    public static final String JSON = "{\"unchanged\":true}";

    /** Stands for an array in a struct: compared by identity. */
    static final List<Object> ARRAY = new UnsentList();

    private static final byte[] BYTES = JSON.getBytes(StandardCharsets.UTF_8);

    private Unchanged() {}

    /** Returns whether a value of this row was not sent. Exact: inside a text, quotes are escaped. */
    public static boolean isIn(byte[] row) {
        for (int i = 0; i <= row.length - BYTES.length; i++) {
            if (row[i] == '{' && isAt(i, row)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(int start, byte[] row) {
        for (int i = 1; i < BYTES.length; i++) {
            if (row[start + i] != BYTES[i]) {
                return false;
            }
        }
        return true;
    }

    private static final class UnsentList extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
