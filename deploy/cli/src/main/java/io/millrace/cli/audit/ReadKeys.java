package io.millrace.cli.audit;

import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.archive.crypt.Subject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keys to read with, each asked for once while it is in use; none is made. */
final class ReadKeys implements KeyStore {
    private static final int MOST = 10_000;

    private final KeyStore store;
    private final Map<UUID, Optional<DataKey>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Optional<DataKey>> eldest) {
            return size() > MOST;
        }
    };

    /** @param store stays the caller's */
    ReadKeys(KeyStore store) {
        this.store = store;
    }

    @Override
    public Optional<DataKey> keyFor(Subject subject, Position position) {
        throw new UnsupportedOperationException("these keys are there to read with");
    }

    @Override
    public Optional<DataKey> key(UUID id) throws KeyStoreException {
        Optional<DataKey> key = known.get(id);
        if (key == null) {
            key = store.key(id);
            known.put(id, key);
        }
        return key;
    }

    @Override
    public void close() {
        known.clear();
    }
}
