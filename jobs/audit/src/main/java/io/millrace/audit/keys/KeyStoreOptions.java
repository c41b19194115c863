package io.millrace.audit.keys;

import io.millrace.archive.crypt.CachedKeys;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.MasterKey;
import io.millrace.archive.crypt.MasterKeys;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.common.config.ClientProperties;
import io.millrace.common.config.Secret;
import io.millrace.common.failure.Backoff;
import io.millrace.common.postgres.PostgresAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the data keys are, and what unwraps them.
 *
 * @param masterKey wraps new keys; 64 hexadecimal digits, or what names a key that is kept elsewhere
 * @param retired all that wrapped before, by any names
 * @param requestTimeout for one answer of the database
 * @param cacheLife how long a key may be used after it was asked for: erasing waits for that
 * @param cachedKeys how many may at most, in each subtask
 * @param backoff how an outage is borne
 */
public record KeyStoreOptions(
        PostgresAddress database,
        Secret masterKey,
        ClientProperties retired,
        Duration requestTimeout,
        Duration cacheLife,
        int cachedKeys,
        Backoff backoff)
        implements KeyStores {

    private static final long serialVersionUID = 1L;

    private static final String PURPOSE = "audit keys";

    @Override
    public KeyStore open() throws IOException {
        Map<String, String> limits = Map.of("socketTimeout", Long.toString(requestTimeout.toSeconds()));
        KeyStore store = PostgresKeyStore.open(() -> database.connect(PURPOSE, limits), masterKeys());
        return new CachedKeys(store, cacheLife, cachedKeys, () -> System.nanoTime() / 1_000_000);
    }

    /**
     * Returns the master keys, the present one first.
     *
     * @throws IllegalArgumentException if one is none; the message holds none of it
     */
    public List<MasterKey> masterKeys() {
        List<MasterKey> keys = new ArrayList<>(List.of(MasterKeys.of(masterKey.reveal())));
        retired.reveal().values().forEach(key -> keys.add(MasterKeys.of(key)));
        return keys;
    }
}
