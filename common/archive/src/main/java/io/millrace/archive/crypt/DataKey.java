package io.millrace.archive.crypt;

import java.util.Arrays;
import java.util.UUID;

/**
 * The key of a person or a day, unwrapped: 32 random bytes. It is in memory alone, and prints as its id.
 *
 * @param id under which the key store has it
 */
public record DataKey(UUID id, byte[] bytes) {

    /** Bytes of a key. */
    public static final int LENGTH = 32;

    /** Checks the length. */
    public DataKey {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("data key " + id + " has " + bytes.length + " bytes, not " + LENGTH);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataKey key && id.equals(key.id) && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "data key " + id;
    }
}
