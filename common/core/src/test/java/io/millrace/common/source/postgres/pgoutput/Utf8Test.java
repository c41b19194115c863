package io.millrace.common.source.postgres.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

    /** First bytes of every length, bytes that go on, and those that are in no text. */
    private static final int[] BYTES = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
        0xF1, 0xF4, 0xF5, 0xFF
    };

    @Test
    void knowsWhatJavaCanDecode() {
        Random random = new Random(1);
        int right = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = random(random);
            boolean decoded = isDecoded(bytes);
            right += decoded ? 1 : 0;

            assertThat(Utf8.isRight(bytes, 1, bytes.length - 2)).isEqualTo(decoded);
        }
        assertThat(right).isBetween(100, 19_900);
    }

    /** The bytes around the text would go on with it. */
    private static byte[] random(Random random) {
        byte[] bytes = new byte[2 + random.nextInt(6)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) BYTES[random.nextInt(BYTES.length)];
        }
        return bytes;
    }

    private static boolean isDecoded(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 1, bytes.length - 2));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
