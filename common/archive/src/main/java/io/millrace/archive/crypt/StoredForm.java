package io.millrace.archive.crypt;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** How the archive stores bytes and texts: in clear, encrypted, or not at all because the person was erased before. */
public sealed interface StoredForm {

    /** The letter that begins a text which is not in clear; a text in clear that begins with it gets another. */
    char MARK = '~';

    /** Returns what the archive stores of a text in clear. */
    static String clearText(String text) {
        return !text.isEmpty() && text.charAt(0) == MARK ? MARK + text : text;
    }

    /** Bytes as they are. */
    record Clear(byte[] bytes) implements StoredForm {}

    /**
     * Encrypted bytes.
     *
     * @param keys ids of all data keys that are needed
     * @param ciphertext ends with its tag
     */
    record Encrypted(List<UUID> keys, byte[] nonce, byte[] ciphertext) implements StoredForm {}

    /** Nothing: there was content, of a person whose erasure had been asked for. */
    record Erased() implements StoredForm {}

    /** Returns the bytes that the archive stores. */
    default byte[] toBytes() {
        if (this instanceof Clear clear) {
            return ByteBuffer.allocate(1 + clear.bytes.length)
                    .put((byte) 0)
                    .put(clear.bytes)
                    .array();
        }
        if (this instanceof Encrypted encrypted) {
            ByteBuffer bytes = ByteBuffer.allocate(
                    2 + 16 * encrypted.keys.size() + encrypted.nonce.length + encrypted.ciphertext.length);
            bytes.put((byte) 1).put((byte) encrypted.keys.size());
            encrypted.keys.forEach(
                    key -> bytes.putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits()));
            return bytes.put(encrypted.nonce).put(encrypted.ciphertext).array();
        }
        return new byte[] {2};
    }

    /** Returns the text that the archive stores, of bytes that are UTF-8. */
    default String toText() {
        if (this instanceof Clear clear) {
            return clearText(new String(clear.bytes, StandardCharsets.UTF_8));
        }
        if (this instanceof Encrypted) {
            return MARK + "e" + Base64.getUrlEncoder().withoutPadding().encodeToString(toBytes());
        }
        return MARK + "x";
    }

    /**
     * Reads stored bytes.
     *
     * @throws IllegalArgumentException if they are in none of the forms
     */
    static StoredForm of(byte[] stored) {
        if (stored.length > 0 && stored[0] == 0) {
            return new Clear(Arrays.copyOfRange(stored, 1, stored.length));
        }
        if (stored.length == 1 && stored[0] == 2) {
            return new Erased();
        }
        if (stored.length > 1 && stored[0] == 1) {
            return encrypted(stored);
        }
        throw new IllegalArgumentException("bytes are stored in a form that this version does not know");
    }

    private static Encrypted encrypted(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored, 2, stored.length - 2);
        try {
            List<UUID> keys = new ArrayList<>();
            for (int left = stored[1]; left > 0; left--) {
                keys.add(new UUID(bytes.getLong(), bytes.getLong()));
            }
            byte[] nonce = new byte[AesGcm.NONCE];
            bytes.get(nonce);
            byte[] ciphertext = new byte[bytes.remaining()];
            bytes.get(ciphertext);
            return new Encrypted(keys, nonce, ciphertext);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("encrypted bytes end too early", e);
        }
    }

    /**
     * Reads a stored text.
     *
     * @throws IllegalArgumentException if it is in none of the forms
     */
    static StoredForm ofText(String stored) {
        if (!stored.startsWith("" + MARK)) {
            return new Clear(stored.getBytes(StandardCharsets.UTF_8));
        }
        if (stored.startsWith(MARK + "" + MARK)) {
            return new Clear(stored.substring(1).getBytes(StandardCharsets.UTF_8));
        }
        if (stored.startsWith(MARK + "e")) {
            return of(Base64.getUrlDecoder().decode(stored.substring(2)));
        }
        if (stored.equals(MARK + "x")) {
            return new Erased();
        }
        throw new IllegalArgumentException("a text is stored in a form that this version does not know");
    }
}
