package io.millrace.archive.bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as every Java has it. */
public final class Sha256 {

    private Sha256() {}

    /** Returns a digest of its own to the caller, who uses it by one thread. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256; run it by a Java of the standard edition", e);
        }
    }

    /** Returns the hash of some bytes. */
    public static Hash of(byte[] bytes) {
        return Hash.owning(digest().digest(bytes));
    }

    /** Returns the hash of what is written. */
    public static Hash of(CanonicalBytes bytes) {
        return of(bytes, digest());
    }

    /** Returns the hash of what is written, by a digest that is used again. */
    public static Hash of(CanonicalBytes bytes, MessageDigest digest) {
        bytes.writeTo(digest::update);
        return Hash.owning(digest.digest());
    }
}
