package io.millrace.common.event;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a table's key and change events, kept as the JSON that Debezium wraps around each message
 * ({@code "schema":{…}}), so that it can be written again byte for byte. Equal if both texts are equal, and what
 * is told of the columns' forms; interned by whoever makes it, so that {@code ==} is the common case. Columns are read
 * from it by {@link io.millrace.common.serde.Columns}.
 */
public final class RowSchema {

    private final byte[] key;
    private final byte[] value;
    private final @Nullable ColumnForms forms;
    private final int hash;

    /** What {@link RowSchemaSerializer} made of it; no harm is done if two threads make it. */
    private byte @Nullable [] packed;

    /**
     * Keeps two texts.
     *
     * @param key the schema of the message key; empty if the key came without one
     * @param value the schema of the message value, the envelope with {@code before} and {@code after}; empty if there
     *     was none, as with a tombstone
     */
    public RowSchema(byte[] key, byte[] value) {
        this(key, value, null);
    }

    /**
     * Keeps two texts, and the forms of the columns.
     *
     * @param forms null if nothing is known of them; they never leave the jobs
     */
    public RowSchema(byte[] key, byte[] value, @Nullable ColumnForms forms) {
        this.key = key;
        this.value = value;
        this.forms = forms;
        this.hash = 31 * (31 * Arrays.hashCode(key) + Arrays.hashCode(value)) + Objects.hashCode(forms);
    }

    /** Returns the schema of the message key; empty if the key came without one. */
    public byte[] key() {
        return key;
    }

    /** Returns the schema of the message value; empty if there was none. */
    public byte[] value() {
        return value;
    }

    /** Returns the forms of the columns; null if nothing is known of them. */
    public @Nullable ColumnForms forms() {
        return forms;
    }

    byte @Nullable [] packed() {
        return packed;
    }

    void pack(byte[] form) {
        packed = form;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RowSchema schema
                        && hash == schema.hash
                        && Arrays.equals(key, schema.key)
                        && Arrays.equals(value, schema.value)
                        && Objects.equals(forms, schema.forms));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
