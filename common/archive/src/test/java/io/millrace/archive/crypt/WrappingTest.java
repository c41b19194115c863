package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A wrapped key opens under its own id, for its own subject and by the master key that wrapped it, and in no other way. */
class WrappingTest {

    private static final MasterKey FIRST = LocalMasterKey.of("01".repeat(32));
    private static final MasterKey SECOND = LocalMasterKey.of("02".repeat(32));
    private static final byte[] ANNA = {1, 2, 3};
    private static final byte[] BERT = {1, 2, 4};

    private final DataKey key = new DataKey(UUID.fromString("00000000-0000-0001-0000-000000000002"), key());

    private static byte[] key() {
        byte[] key = new byte[DataKey.LENGTH];
        Arrays.fill(key, (byte) 7);
        return key;
    }

    private static Wrapping by(MasterKey... masters) {
        return new Wrapping(List.of(masters));
    }

    @Test
    void theFirstWrapsAndAllUnwrap() throws KeyStoreException {
        Wrapping.Wrapped old = by(FIRST).wrap(key, ANNA);
        Wrapping.Wrapped now = by(SECOND, FIRST).wrap(key, ANNA);

        assertThat(old.master()).isEqualTo(FIRST.id());
        assertThat(now.master()).isEqualTo(SECOND.id());
        assertThat(by(SECOND, FIRST).unwrap(old, ANNA)).isEqualTo(key);
        assertThat(by(FIRST, SECOND).unwrap(now, ANNA)).isEqualTo(key);
        assertThat(HexFormat.of().formatHex(now.bytes()))
                .as("nothing of it in clear")
                .doesNotContain("07070707");
    }

    @Test
    void whoHasNotTheMasterKeyIsToldWhichItIs() throws KeyStoreException {
        Wrapping.Wrapped wrapped = by(FIRST).wrap(key, ANNA);

        assertThatThrownBy(() -> by(SECOND).unwrap(wrapped, ANNA))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("wrapped by the master key " + FIRST.id())
                .hasMessageContaining(SECOND.id())
                .satisfies(e -> assertThat(((KeyStoreException) e).isOutage()).isFalse());
    }

    /** Somebody who writes into the key store's table, and knows no master key. */
    @Test
    void aRowThatWasChangedOrMovedDoesNotOpen() throws KeyStoreException {
        Wrapping wrapping = by(FIRST, SECOND);
        Wrapping.Wrapped wrapped = wrapping.wrap(key, ANNA);

        expectRefused(() -> wrapping.unwrap(wrapped, BERT));
        expectRefused(
                () -> wrapping.unwrap(new Wrapping.Wrapped(new UUID(1, 3), wrapped.bytes(), wrapped.master()), ANNA));
        expectRefused(() -> wrapping.unwrap(new Wrapping.Wrapped(wrapped.id(), wrapped.bytes(), SECOND.id()), ANNA));
        for (int at = 0; at < wrapped.bytes().length; at++) {
            byte[] changed = wrapped.bytes().clone();
            changed[at] ^= 1;
            expectRefused(() -> wrapping.unwrap(new Wrapping.Wrapped(wrapped.id(), changed, wrapped.master()), ANNA));
            byte[] part = Arrays.copyOf(wrapped.bytes(), at);
            expectRefused(() -> wrapping.unwrap(new Wrapping.Wrapped(wrapped.id(), part, wrapped.master()), ANNA));
        }
    }

    /** Unwraps. */
    @FunctionalInterface
    private interface Unwrapping {
        DataKey run() throws KeyStoreException;
    }

    private static void expectRefused(Unwrapping unwrapping) {
        assertThatThrownBy(unwrapping::run)
                .isInstanceOf(KeyStoreException.class)
                .satisfies(e -> assertThat(((KeyStoreException) e).isOutage()).isFalse());
    }
}
