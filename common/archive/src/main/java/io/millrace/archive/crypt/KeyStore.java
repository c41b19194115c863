package io.millrace.archive.crypt;

import io.millrace.archive.chain.Position;
import java.util.Optional;
import java.util.UUID;

/** Keeps the data keys. Used by one thread. */
public interface KeyStore extends AutoCloseable {

    /**
     * Returns the key of a subject, made if there is none. Whoever asks first makes it; everybody gets the same.
     *
     * @param position of the record that is to be encrypted
     * @return nothing if the subject was erased up to this position, or is being erased
     */
    Optional<DataKey> keyFor(Subject subject, Position position) throws KeyStoreException;

    /**
     * Returns the key that a stored field names, to read it.
     *
     * @return nothing if it was destroyed
     */
    Optional<DataKey> key(UUID id) throws KeyStoreException;

    @Override
    void close();
}
