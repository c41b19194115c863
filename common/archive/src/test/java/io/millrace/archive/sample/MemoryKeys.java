package io.millrace.archive.sample;

import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Keys in memory, which remember erasures as the real store does; made by a seed, so that two stores have the same. */
public final class MemoryKeys implements KeyStore {

    private final Random random = new Random(4);
    private final Map<Subject, DataKey> keys = new HashMap<>();
    private final Map<Subject, Long> erased = new HashMap<>();
    private boolean closed;

    /** Destroys a key, and remembers up to where. */
    public void erase(Subject subject, long upTo) {
        keys.remove(subject);
        erased.put(subject, upTo);
    }

    @Override
    public Optional<DataKey> keyFor(Subject subject, Position position) {
        if (closed) {
            throw new IllegalStateException("the key store is closed");
        }
        return position.offset() <= erased.getOrDefault(subject, -1L)
                ? Optional.empty()
                : Optional.of(keys.computeIfAbsent(subject, none -> make()));
    }

    private DataKey make() {
        byte[] bytes = new byte[DataKey.LENGTH];
        random.nextBytes(bytes);
        return new DataKey(new UUID(random.nextLong(), random.nextLong()), bytes);
    }

    @Override
    public Optional<DataKey> key(UUID id) {
        return keys.values().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public void close() {
        closed = true;
    }
}
