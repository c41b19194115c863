package io.millrace.archive.crypt;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Asks a key store for a key once in a while. The while is what erasing waits for: a key that was destroyed is not used
 * any longer. It leaves the memory when it is asked for again, or when others push it out.
 */
public final class CachedKeys implements KeyStore {

    /** The longest that any cache may give a key: so long an erasure waits. */
    public static final Duration LONGEST_LIFE = Duration.ofMinutes(1);

    private final KeyStore store;
    private final long lifeMillis;
    private final LongSupplier clock;
    private final Map<Asked, Cached> cache;

    private record Asked(Subject subject, ChainId chain) {}

    /** A key, the offset from which on it encrypts, and until when it may be used. */
    private record Cached(DataKey key, long fromOffset, long until) {}

    /**
     * Makes an empty cache.
     *
     * @param life how long a key may be given; at most {@link #LONGEST_LIFE}
     * @param most how many may
     * @param clock milliseconds from any origin
     */
    public CachedKeys(KeyStore store, Duration life, int most, LongSupplier clock) {
        if (life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("keys would be cached for " + life + "; an erasure waits " + LONGEST_LIFE
                    + ", so they may be for as long at most");
        }
        this.store = store;
        this.lifeMillis = life.toMillis();
        this.clock = clock;
        this.cache = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Asked, Cached> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public Optional<DataKey> keyFor(Subject subject, Position position) throws KeyStoreException {
        Asked asked = new Asked(subject, position.chain());
        long now = clock.getAsLong();
        Cached cached = cache.get(asked);
        // an erasure is remembered up to an offset: behind the one that the store was asked for, its answer holds
        if (cached != null && now < cached.until() && position.offset() >= cached.fromOffset()) {
            return Optional.of(cached.key());
        }
        cache.remove(asked);
        Optional<DataKey> key = store.keyFor(subject, position);
        key.ifPresent(found -> cache.put(asked, new Cached(found, position.offset(), now + lifeMillis)));
        return key;
    }

    @Override
    public Optional<DataKey> key(UUID id) throws KeyStoreException {
        return store.key(id);
    }

    @Override
    public void close() {
        cache.clear();
        store.close();
    }
}
