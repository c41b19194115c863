package io.millrace.common.event;

import java.util.Arrays;

/**
 * The schema of a table's key and change events, kept as the JSON that Debezium wraps around each message
 * ({@code "schema":{…}}), so that it can be written again byte for byte. Equal if both texts are equal; interned by
 * whoever makes it, so that {@code ==} is the common case. Columns are read from it by
 * {@link io.millrace.common.serde.Columns}.
 *
 * @param key the schema of the message key; empty if the key came without one
 * @param value the schema of the message value, the envelope with {@code before} and {@code after}; empty if there was
 *     none, as with a tombstone
 */
public record RowSchema(byte[] key, byte[] value) {

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof RowSchema schema
                        && Arrays.equals(key, schema.key)
                        && Arrays.equals(value, schema.value));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }
}
