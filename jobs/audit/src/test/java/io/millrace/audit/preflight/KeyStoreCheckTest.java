package io.millrace.audit.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.crypt.Subject;
import io.millrace.audit.keys.KeyStores;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A key store that is away is told apart from one that is not ours: the one comes back, the other does not. */
class KeyStoreCheckTest {

    private static final LocalMasterKey MASTER = LocalMasterKey.of("0f".repeat(32));

    private final Problems problems = new Problems();
    private int closed;

    private String told(KeyStores keyStores) {
        new KeyStoreCheck(problems).requireUsable("key-store", keyStores);
        return problems.found().stream().map(Problem::toString).toList().toString();
    }

    /** A store that gives nothing, and counts how often it is closed. */
    private final class Empty implements KeyStore {

        @Override
        public Optional<DataKey> keyFor(Subject subject, Position position) {
            return Optional.empty();
        }

        @Override
        public Optional<DataKey> key(UUID id) {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @Test
    void aStoreThatOpensIsUsableAndClosedAgain() {
        assertThat(told(Empty::new)).isEqualTo("[]");
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsAwayIsNotReached() {
        assertThat(told(() -> PostgresKeyStore.open(
                        () -> {
                            throw new SQLException("connection refused");
                        },
                        List.of(MASTER))))
                .contains("`key-store` is not reached: ", "connection refused")
                .doesNotContain("master-key", "0f0f");
    }

    @Test
    void aStoreThatAnotherMasterKeyWrappedIsNotOurs() {
        assertThat(told(() -> {
                    MASTER.unwrap(LocalMasterKey.of("0e".repeat(32)).wrap(new byte[32], new byte[0]), new byte[0]);
                    return new Empty();
                }))
                .contains("`key-store` does not belong to `key-store.master-key`: ")
                .contains("was not wrapped by the master key " + MASTER.id())
                .doesNotContain("0f0f", "0e0e");
    }

    @Test
    void whatElseFailsIsToldToo() {
        assertThat(told(() -> {
                    throw new IOException("no file of the certificate");
                }))
                .contains("`key-store` is not reached: no file of the certificate");
    }
}
