package io.millrace.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.record.RawRecord;
import io.millrace.archive.record.ReadEvent;
import io.millrace.common.failure.Backoff;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** While the key store is away, a record waits; nothing is written in clear. */
class PatientCipherTest {

    private static final RawRecord RECORD =
            new RawRecord(new Position(new ChainId("test", "audit-logs", 0), 1), 5, null, List.of(), new byte[] {1});
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(20));

    private final ScriptedKeys keys = new ScriptedKeys();

    /** Fails as the real store does whose database is away. */
    private static KeyStoreException outage() {
        try {
            PostgresKeyStore.open(
                    () -> {
                        throw new SQLException("connection refused");
                    },
                    List.of());
        } catch (KeyStoreException e) {
            return e;
        }
        throw new IllegalStateException("a store without a database was opened");
    }

    private KeyStore failing(int times) {
        return new KeyStore() {

            private int left = times;

            @Override
            public Optional<DataKey> keyFor(Subject subject, Position position) throws KeyStoreException {
                if (left > 0) {
                    left--;
                    throw outage();
                }
                return keys.keyFor(subject, position);
            }

            @Override
            public Optional<DataKey> key(UUID id) {
                return keys.key(id);
            }

            @Override
            public void close() {
                keys.close();
            }
        };
    }

    @Test
    void waitsUntilTheKeyStoreIsBack() throws Exception {
        KeyStore back = failing(3);
        try (PatientCipher cipher = new PatientCipher(() -> back, Backoff.defaults())) {
            assertThat(cipher.encrypt(RECORD, ReadEvent.malformed(List.of()))
                            .content()
                            .value())
                    .startsWith(1);
        }
    }

    @Test
    void failsWhenPatienceEnds() throws Exception {
        KeyStore away = failing(Integer.MAX_VALUE);
        try (PatientCipher cipher = new PatientCipher(() -> away, SHORT)) {
            assertThatThrownBy(() -> cipher.encrypt(RECORD, ReadEvent.malformed(List.of())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the key store has taken no write");
        }
    }

    @Test
    void doesNotStartWithoutIt() {
        assertThatThrownBy(() -> new PatientCipher(
                        () -> {
                            throw outage();
                        },
                        SHORT))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("connection refused");
    }
}
