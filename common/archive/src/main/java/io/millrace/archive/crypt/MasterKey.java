package io.millrace.archive.crypt;

/** What wraps data keys: a key of our own, or one that a key management service keeps. */
public interface MasterKey {

    /** Returns by which name a wrapped key notes it. */
    String id();

    /**
     * Encrypts a data key.
     *
     * @param context what unwrapping must name again
     */
    byte[] wrap(byte[] key, byte[] context) throws KeyStoreException;

    /**
     * Decrypts a data key.
     *
     * @throws KeyStoreException if it was not wrapped by this key with this context
     */
    byte[] unwrap(byte[] wrapped, byte[] context) throws KeyStoreException;
}
