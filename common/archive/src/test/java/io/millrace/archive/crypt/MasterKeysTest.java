package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A master key is digits, or is kept by a service that the class path has. */
class MasterKeysTest {

    private static final byte[] ANNA = {1, 2, 3};

    private final DataKey key = new DataKey(new UUID(1, 2), new byte[DataKey.LENGTH]);

    private static Wrapping by(String... texts) {
        return new Wrapping(Stream.of(texts).map(MasterKeys::of).toList());
    }

    @Test
    void digitsAreTheKeyItself() {
        String digits = "0f".repeat(32);

        assertThat(MasterKeys.of(digits + "\n"))
                .hasToString(LocalMasterKey.of(digits).toString());
    }

    @Test
    void aServiceOfTheClassPathWrapsAndUnwraps() throws KeyStoreException {
        Wrapping.Wrapped wrapped = by("sample-kms:one\n").wrap(key, ANNA);

        assertThat(wrapped.master()).isEqualTo("sample-kms:one");
        assertThat(by("sample-kms:one").unwrap(wrapped, ANNA)).isEqualTo(key);
        assertThatThrownBy(() -> by("sample-kms:two").unwrap(wrapped, ANNA))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("wrapped by the master key sample-kms:one")
                .hasMessageContaining("[sample-kms:two]");
    }

    /** The way into a service, and from one to another. */
    @Test
    void aServiceFollowsDigits() throws KeyStoreException {
        String digits = "0f".repeat(32);
        Wrapping.Wrapped old = by(digits).wrap(key, ANNA);

        assertThat(by("sample-kms:one", digits).unwrap(old, ANNA)).isEqualTo(key);
        assertThat(by("sample-kms:one", digits).wrap(key, ANNA).master()).isEqualTo("sample-kms:one");
    }

    @Test
    void aServiceThatDoesNotAnswerIsWaitedFor() throws KeyStoreException {
        Wrapping.Wrapped wrapped = by("sample-kms:one").wrap(key, ANNA);

        assertThatThrownBy(() -> by("sample-kms:one,away").unwrap(wrapped, ANNA))
                .isInstanceOf(KeyStoreException.class)
                .satisfies(e -> assertThat(((KeyStoreException) e).isOutage()).isTrue());
    }

    @Test
    void aNameThatTheServiceDoesNotTakeIsRefused() {
        assertThatThrownBy(() -> MasterKeys.of("sample-kms:/one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begins with no slash");
    }

    @Test
    void aSchemeThatNobodyHasIsRefusedAndToldWhichThereAre() {
        assertThatThrownBy(() -> MasterKeys.of("hunter:two"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MasterKeyProvider on the class path, which has [sample-kms]")
                .message()
                .doesNotContain("hunter", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sample-kms:", "sample-kms: one", ":one", "Sample:one", "secret"})
    void anythingElseIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> MasterKeys.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it must be 64 hexadecimal digits")
                .message()
                .doesNotContain("sample", "Sample", "secret");
    }
}
