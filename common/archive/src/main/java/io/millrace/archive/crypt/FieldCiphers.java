package io.millrace.archive.crypt;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Makes the ciphers of fields. It keeps that of one key, but not the key: who drops the key drops its cipher. Used by
 * one thread, as are its ciphers.
 */
public final class FieldCiphers {

    private final FieldCipher.Tools tools = new FieldCipher.Tools();
    private final Map<DataKey, FieldCipher> ofOneKey = new WeakHashMap<>();

    /**
     * Returns the cipher of everybody whose data the fields hold.
     *
     * @param keys in any order
     * @throws IllegalArgumentException if there are none, or more than 127
     */
    public FieldCipher of(List<DataKey> keys) {
        return keys.size() == 1
                ? ofOneKey.computeIfAbsent(keys.get(0), key -> new FieldCipher(keys, tools))
                : new FieldCipher(keys, tools);
    }
}
