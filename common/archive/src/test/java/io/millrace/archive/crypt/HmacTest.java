package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.bytes.CanonicalBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacTest {

    private static byte[] of(Hmac hmac, byte[] text) {
        return hmac.of(new CanonicalBytes().raw(text));
    }

    private static byte[] byJava(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The second test case of RFC 4231. */
    @Test
    void givesTheKnownAnswer() {
        Hmac hmac = new Hmac("Jefe".getBytes(StandardCharsets.US_ASCII));

        byte[] found = of(hmac, "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(found))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void isTheSameAsJavasForTextsOfAnyLength() throws GeneralSecurityException {
        Random random = new Random(7);
        for (int keyLength : new int[] {1, 32, 63, 64}) {
            byte[] key = random(random, keyLength);
            Hmac hmac = new Hmac(key);
            for (int length = 0; length < 200; length++) {
                byte[] text = random(random, length);

                assertThat(of(hmac, text)).as("%d bytes", length).isEqualTo(byJava(key, text));
            }
        }
    }

    @Test
    void keepsNothingOfTheKeyItWasGiven() throws GeneralSecurityException {
        byte[] key = random(new Random(8), DataKey.LENGTH);
        byte[] text = {1, 2, 3};
        byte[] wanted = byJava(key, text);
        Hmac hmac = new Hmac(key);

        Arrays.fill(key, (byte) 0);

        assertThat(of(hmac, text)).isEqualTo(wanted).isEqualTo(of(hmac, text));
    }

    /** Longer keys are hashed first, which nobody needs here. */
    @Test
    void takesNoKeyThatIsLongerThanABlock() {
        assertThatThrownBy(() -> new Hmac(new byte[65])).hasMessageContaining("65 bytes; 64 are the most");
    }
}
