package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LocalMasterKeyTest {

    private static final byte[] CONTEXT = {1, 2};

    private final LocalMasterKey master = LocalMasterKey.of("0f".repeat(32) + "\n");

    @Test
    void unwrapsWhatItWrapped() throws KeyStoreException {
        byte[] key = {5, 6, 7};

        assertThat(master.unwrap(master.wrap(key, CONTEXT), CONTEXT)).isEqualTo(key);
        assertThat(master.wrap(key, CONTEXT)).isNotEqualTo(master.wrap(key, CONTEXT));
    }

    @Test
    void refusesWhatAnotherKeyWrappedOrWasWrappedForSomethingElse() {
        LocalMasterKey other = LocalMasterKey.of("0e".repeat(32));

        assertThatThrownBy(() -> master.unwrap(other.wrap(new byte[32], CONTEXT), CONTEXT))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining(master.id());
        assertThatThrownBy(() -> master.unwrap(master.wrap(new byte[32], CONTEXT), new byte[] {1}))
                .isInstanceOf(KeyStoreException.class);
        assertThatThrownBy(() -> master.unwrap(new byte[5], CONTEXT)).hasMessageContaining("only 5 bytes");
    }

    @Test
    void printsItsIdAndNothingElse() {
        assertThat(master.toString()).isEqualTo("master key " + master.id()).doesNotContain("0f0f");
        assertThat(LocalMasterKey.of("0F".repeat(32)).id()).isEqualTo(master.id());
        assertThatThrownBy(() -> LocalMasterKey.of("secret-secret"))
                .hasMessageContaining("13 characters")
                .hasMessageContaining("openssl rand -hex 32")
                .message()
                .doesNotContain("secret-secret");
    }
}
