package io.millrace.archive.crypt;

import io.millrace.archive.bytes.CanonicalBytes;
import io.millrace.archive.chain.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the fields of one person, or of several who share a record: then all their keys are needed to read it.
 *
 * <p>The nonce follows from position, field and plaintext, so encrypting the same field again gives the same bytes, and
 * two different ones never share a nonce, but by a collision of 96 bits. It keeps no data key, only what follows from
 * them. Used by one thread.
 */
public final class FieldCipher {

    private static final String ROOT = "millrace-audit-1/root";
    private static final String ENCRYPT = "millrace-audit-1/encrypt";
    private static final String NONCE = "millrace-audit-1/nonce";
    private static final String FIELD = "millrace-audit-1/field";
    private static final int MOST_KEYS = 127;

    private final Tools tools;
    private final List<UUID> ids;
    private final SecretKeySpec encryption;
    private final Hmac nonces;

    /** What is costly to make, and can be shared by the ciphers of one thread. */
    static final class Tools {

        private final CanonicalBytes bytes = new CanonicalBytes();
        private final AesGcm cipher = new AesGcm();
        private final Hmac roots = new Hmac(new byte[DataKey.LENGTH]);
        private @Nullable Position place;
        private byte[] placeBytes = {};

        /** Begins with a use and a place. The fields of a record follow each other: their place is written once. */
        CanonicalBytes begin(String use, Position position) {
            if (place == null || !place.equals(position)) {
                CanonicalBytes written = new CanonicalBytes();
                position.writeTo(written);
                placeBytes = written.toByteArray();
                place = position;
            }
            return bytes.begin(use).raw(placeBytes);
        }
    }

    /**
     * Takes the data keys of everybody whose data the fields hold, in any order.
     *
     * @throws IllegalArgumentException if there are none, or more than 127
     */
    FieldCipher(List<DataKey> keys, Tools tools) {
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            throw new IllegalArgumentException(
                    keys.size() + " keys cannot encrypt a field; 1 to " + MOST_KEYS + " can");
        }
        // UUIDs are compared by their text, which is the order of their bytes
        List<DataKey> sorted = keys.stream()
                .distinct()
                .sorted((one, other) -> one.id().toString().compareTo(other.id().toString()))
                .toList();
        this.tools = tools;
        this.ids = sorted.stream().map(DataKey::id).toList();
        CanonicalBytes bytes = tools.bytes.begin(ROOT);
        sorted.forEach(key -> bytes.raw(key.bytes()));
        Hmac root = new Hmac(tools.roots.of(bytes));
        this.encryption = AesGcm.key(root.of(bytes.begin(ENCRYPT)));
        this.nonces = new Hmac(root.of(bytes.begin(NONCE)));
    }

    /** Returns the ids of the keys, sorted. */
    public List<UUID> ids() {
        return ids;
    }

    /** Encrypts a field of a record. */
    public StoredForm.Encrypted encrypt(Position position, String field, byte[] plaintext) {
        CanonicalBytes bytes = tools.begin(NONCE, position).text(field).bytes(plaintext);
        byte[] nonce = Arrays.copyOf(nonces.of(bytes), AesGcm.NONCE);
        return new StoredForm.Encrypted(
                ids, nonce, tools.cipher.encrypt(encryption, nonce, context(position, field), plaintext));
    }

    /**
     * Decrypts a field of a record.
     *
     * @return nothing if it was encrypted for another position or field or by other keys, or changed since
     */
    public Optional<byte[]> decrypt(Position position, String field, StoredForm.Encrypted stored) {
        return stored.keys().equals(ids)
                ? tools.cipher.decrypt(encryption, stored.nonce(), context(position, field), stored.ciphertext())
                : Optional.empty();
    }

    private CanonicalBytes context(Position position, String field) {
        CanonicalBytes bytes = tools.begin(FIELD, position).text(field).u8(ids.size());
        ids.forEach(id -> bytes.i64(id.getMostSignificantBits()).i64(id.getLeastSignificantBits()));
        return bytes;
    }
}
