package io.millrace.archive.crypt;

import io.millrace.archive.bytes.CanonicalBytes;
import io.millrace.archive.bytes.Sha256;
import java.security.MessageDigest;

/**
 * HMAC-SHA256 (RFC 2104) by one key, which is hashed once: each use goes on from copies of both states. Java's own hashes
 * the key's two blocks each time, which is half of the work for a short text. Used by one thread.
 */
final class Hmac {

    private static final int BLOCK = 64;
    private static final int INNER = 0x36;
    private static final int OUTER = 0x5C;

    private final MessageDigest inner;
    private final MessageDigest outer;

    /**
     * Begins with a key, of which nothing but the two states is kept.
     *
     * @param key of at most 64 bytes
     */
    Hmac(byte[] key) {
        inner = begun(key, INNER);
        outer = begun(key, OUTER);
    }

    private static MessageDigest begun(byte[] key, int pad) {
        if (key.length > BLOCK) {
            throw new IllegalArgumentException("the key has " + key.length + " bytes; " + BLOCK + " are the most");
        }
        byte[] block = new byte[BLOCK];
        System.arraycopy(key, 0, block, 0, key.length);
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) (block[i] ^ pad);
        }
        MessageDigest sha256 = Sha256.digest();
        sha256.update(block);
        return sha256;
    }

    /** Returns 32 bytes. */
    byte[] of(CanonicalBytes bytes) {
        MessageDigest first = copy(inner);
        bytes.writeTo(first::update);
        MessageDigest second = copy(outer);
        second.update(first.digest());
        return second.digest();
    }

    private static MessageDigest copy(MessageDigest begun) {
        try {
            return (MessageDigest) begun.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(
                    "the first provider of SHA-256 in this Java does not copy its state; put SUN before it", e);
        }
    }
}
