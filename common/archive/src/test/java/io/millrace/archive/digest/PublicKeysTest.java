package io.millrace.archive.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.sample.TestKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as people hand them over, and files that hold something else. */
class PublicKeysTest {

    private final TestKeys one = TestKeys.make();
    private final TestKeys two = TestKeys.make();

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void areTakenInTheirOrderWhateverStandsAround() {
        String text = "the first, of March\r\n" + one.publicPem().replace("\n", "\r\n") + "\n\nand the second:\n"
                + two.publicPem() + "\n-----END-----\n";

        PublicKeys keys = new PublicKeys(text);

        Hash first = one.publicKeys().newest();
        Hash second = two.publicKeys().newest();
        assertThat(keys.ids()).isEqualTo(List.of(first, second));
        assertThat(keys.newest()).isEqualTo(second);
        assertThat(keys.place(first)).isZero();
        assertThat(keys.place(second)).isEqualTo(1);
        assertThat(keys.place(Hash.ZERO)).isEqualTo(-1);
    }

    @Test
    void oneKeyHasOnePlaceInTime() {
        assertThatThrownBy(() -> new PublicKeys(one.publicPem() + two.publicPem() + one.publicPem()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is given twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed448", "X25519"})
    void keysOfAnotherKindAreRefused(String algorithm) {
        String pem = PublicKeys.pem(pair(algorithm).getPublic());

        assertThatThrownBy(() -> new PublicKeys(one.publicPem() + pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of Ed25519");
        assertThatThrownBy(() -> SigningKey.of(SigningKey.pem(pair(algorithm).getPrivate()), one.publicKeys()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another kind of key than Ed25519");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no key",
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nQ\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----",
                "-----BEGIN RSA PUBLIC KEY-----\nMCow\n-----END RSA PUBLIC KEY-----"
            })
    void whatHoldsNoKeyIsRefused(String text) {
        assertThatThrownBy(() -> new PublicKeys(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPrivateKeyIsNoPublicOneAndTheOtherWayRound() {
        assertThatThrownBy(() -> new PublicKeys(one.privatePem())).hasMessageContaining("there is no public key");
        assertThatThrownBy(() -> SigningKey.of(one.publicPem(), one.publicKeys()))
                .hasMessageContaining("has 0 private keys");
    }

    @Test
    void onlyTheOtherHalfOfTheLastSigns() {
        PublicKeys both = new PublicKeys(one.publicPem() + two.publicPem());

        assertThat(SigningKey.of(two.privatePem(), both).id()).isEqualTo(both.newest());
        assertThatThrownBy(() -> SigningKey.of(one.privatePem(), both))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not belong to the last of the public keys, " + both.newest());
        assertThatThrownBy(() -> SigningKey.of(one.privatePem() + two.privatePem(), both))
                .hasMessageContaining("has 2 private keys");
    }

    @Test
    void noErrorAndNoTextHoldsThePrivateKey() {
        String secret = one.privatePem().lines().skip(1).findFirst().orElseThrow();
        byte[] encoded = Base64.getMimeDecoder().decode(secret);

        assertThat(encoded).as("the control").hasSizeGreaterThan(32);
        assertThat(one.signingKey().toString()).doesNotContain(secret);
        assertThatThrownBy(() -> SigningKey.of(one.privatePem(), two.publicKeys()))
                .message()
                .doesNotContain(secret);
        assertThatThrownBy(() -> SigningKey.of(one.privatePem() + one.privatePem(), one.publicKeys()))
                .message()
                .doesNotContain(secret);
    }
}
