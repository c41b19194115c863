package io.millrace.archive.crypt;

/**
 * What wraps data keys: a key of our own, or one that a key management service keeps. Each data key is unwrapped whenever
 * it was read from the store, since nobody may keep an unwrapped one for longer than {@link CachedKeys#LONGEST_LIFE}. Used
 * by one thread.
 */
public interface MasterKey {

    /** Returns by which name a wrapped key notes it: the same for ever, and that of no other key; never a secret. */
    String id();

    /**
     * Encrypts a data key.
     *
     * @param key 32 bytes, of which nothing is kept
     * @param context what unwrapping must name again: authenticated, and not encrypted
     * @throws KeyStoreException if it could not be done: an {@linkplain KeyStoreException#outage outage} is waited out
     */
    byte[] wrap(byte[] key, byte[] context) throws KeyStoreException;

    /**
     * Decrypts a data key.
     *
     * @throws KeyStoreException if it was not wrapped by this key with this context, which is
     *     {@linkplain KeyStoreException#lasting lasting}, or could not be done
     */
    byte[] unwrap(byte[] wrapped, byte[] context) throws KeyStoreException;
}
