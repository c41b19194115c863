package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Known answers were computed from the format's text by Python's hmac and Node's AES-GCM. */
class FieldCipherTest {

    private static final ChainId CHAIN = new ChainId("production", "audit-logs", 3);
    private static final Position POSITION = new Position(CHAIN, 1200);
    private static final byte[] PLAIN = "{\"ip\":\"10.0.0.7\"}".getBytes(StandardCharsets.UTF_8);
    private static final DataKey ONE = key("00112233-4455-6677-8899-aabbccddeeff", 0);
    private static final DataKey TWO = key("fedcba98-7654-3210-fedc-ba9876543210", 32);

    private static DataKey key(String id, int from) {
        byte[] bytes = new byte[DataKey.LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return new DataKey(UUID.fromString(id), bytes);
    }

    private static FieldCipher cipher(DataKey... keys) {
        return new FieldCiphers().of(List.of(keys));
    }

    private static String hex(StoredForm form) {
        return HexFormat.of().formatHex(form.toBytes());
    }

    @Test
    void givesTheKnownAnswerForOnePerson() {
        assertThat(hex(cipher(ONE).encrypt(POSITION, "value", PLAIN)))
                .isEqualTo(
                        "010100112233445566778899aabbccddeeff4d615db6fe92f5006ab964d46b92aa30fbd79bacc12e7d0cb0a9f1f936"
                                + "133cf38c499daa86dad15619c2c25ed6");
    }

    /** What was encrypted before, by the same or another cipher of the same tools, is of no account. */
    @Test
    void givesTheKnownAnswerWhateverWasEncryptedBefore() {
        FieldCiphers ciphers = new FieldCiphers();
        FieldCipher cipher = ciphers.of(List.of(ONE));
        String known = hex(cipher(ONE).encrypt(POSITION, "value", PLAIN));
        for (Position before : List.of(
                new Position(CHAIN, 1199),
                new Position(new ChainId("production", "audit-logs", 4), 1200),
                new Position(new ChainId("staging", "audit-logs", 3), 1200),
                POSITION)) {
            cipher.encrypt(before, "value", PLAIN);
            ciphers.of(List.of(ONE, TWO)).encrypt(before, "key", PLAIN);

            assertThat(hex(cipher.encrypt(POSITION, "value", PLAIN)))
                    .as("after %s", before)
                    .isEqualTo(known);
        }
    }

    @Test
    void givesTheKnownAnswerForTwoPersonsInAnyOrder() {
        String known =
                "010200112233445566778899aabbccddeefffedcba9876543210fedcba987654321062cb90f86ca3dd79b5c5b88529e4c9"
                        + "5e84b32bcecc28819e41afea8d02d258318497965e20d03e86c301d9c91e";

        assertThat(hex(cipher(ONE, TWO).encrypt(POSITION, "value", PLAIN))).isEqualTo(known);
        assertThat(hex(cipher(TWO, ONE).encrypt(POSITION, "value", PLAIN))).isEqualTo(known);
        assertThat(hex(cipher(TWO, ONE, TWO).encrypt(POSITION, "value", PLAIN))).isEqualTo(known);
    }

    @Test
    void decryptsWithAllKeysAndInItsPlaceAlone() {
        StoredForm.Encrypted stored = cipher(ONE, TWO).encrypt(POSITION, "value", PLAIN);

        assertThat(cipher(TWO, ONE).decrypt(POSITION, "value", stored)).hasValue(PLAIN);
        assertThat(cipher(ONE).decrypt(POSITION, "value", stored)).isEmpty();
        assertThat(cipher(ONE, TWO).decrypt(POSITION, "key", stored)).isEmpty();
        assertThat(cipher(ONE, TWO).decrypt(new Position(CHAIN, 1201), "value", stored))
                .isEmpty();
        DataKey forged = new DataKey(ONE.id(), new byte[DataKey.LENGTH]);
        assertThat(cipher(forged, TWO).decrypt(POSITION, "value", stored)).isEmpty();
    }

    @Test
    void anyChangedBitIsNoticed() {
        StoredForm.Encrypted stored = cipher(ONE).encrypt(POSITION, "value", PLAIN);
        for (int bit = 0; bit < 8 * stored.ciphertext().length; bit++) {
            byte[] wrong = stored.ciphertext().clone();
            wrong[bit / 8] = (byte) (wrong[bit / 8] ^ (1 << (bit % 8)));

            assertThat(cipher(ONE)
                            .decrypt(POSITION, "value", new StoredForm.Encrypted(stored.keys(), stored.nonce(), wrong)))
                    .isEmpty();
        }
    }

    /** Encrypting again gives the same bytes; anything else never the same nonce. */
    @Test
    void derivesTheNonceFromPositionFieldAndPlaintext() {
        Random random = new Random(7);
        Set<String> nonces = new HashSet<>();
        FieldCipher first = cipher(ONE);
        FieldCipher again = cipher(ONE);
        for (int offset = 0; offset < 500; offset++) {
            byte[] plain = new byte[random.nextInt(100)];
            random.nextBytes(plain);
            Position position = new Position(CHAIN, offset);
            for (String field : List.of("key", "value")) {
                StoredForm.Encrypted stored = first.encrypt(position, field, plain);

                assertThat(again.encrypt(position, field, plain).toBytes()).isEqualTo(stored.toBytes());
                assertThat(again.decrypt(position, field, stored)).hasValue(plain);
                assertThat(nonces.add(HexFormat.of().formatHex(stored.nonce()))).isTrue();
            }
        }
    }

    @Test
    void needsAKey() {
        assertThatThrownBy(FieldCipherTest::cipher).hasMessageContaining("0 keys");
        assertThatThrownBy(() -> new DataKey(UUID.randomUUID(), new byte[31])).hasMessageContaining("31 bytes");
        assertThat(ONE).hasToString("data key 00112233-4455-6677-8899-aabbccddeeff");
    }
}
