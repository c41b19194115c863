package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FieldCiphersTest {

    private static final Position POSITION = new Position(new ChainId("production", "audit-logs", 3), 1200);
    private static final byte[] PLAIN = "10.0.0.7".getBytes(StandardCharsets.UTF_8);
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private final FieldCiphers ciphers = new FieldCiphers();

    private static DataKey key(int first) {
        byte[] bytes = new byte[DataKey.LENGTH];
        bytes[0] = (byte) first;
        return new DataKey(ID, bytes);
    }

    private static byte[] encrypt(FieldCipher cipher) {
        return cipher.encrypt(POSITION, "key", PLAIN).toBytes();
    }

    @Test
    void keepsTheCipherOfAKeyWhileSomebodyHasIt() {
        DataKey key = key(1);

        assertThat(ciphers.of(List.of(key))).isSameAs(ciphers.of(List.of(key(1))));
        assertThat(key).isNotNull();
    }

    @Test
    void anotherKeyUnderTheSameIdHasAnotherCipher() {
        DataKey one = key(1);
        DataKey two = key(2);

        byte[] byOne = encrypt(ciphers.of(List.of(one)));

        assertThat(encrypt(ciphers.of(List.of(two)))).isNotEqualTo(byOne);
        assertThat(encrypt(ciphers.of(List.of(one)))).isEqualTo(byOne);
    }

    /** Java's cipher refuses a nonce twice in a row; here it is the same for the same. */
    @Test
    void theSameTwiceInARowIsTheSame() {
        FieldCipher cipher = ciphers.of(List.of(key(1)));

        assertThat(encrypt(cipher))
                .isEqualTo(encrypt(cipher))
                .isEqualTo(encrypt(new FieldCiphers().of(List.of(key(1)))));
    }
}
