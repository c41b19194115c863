package io.millrace.common.source.postgres.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonBytes json = new JsonBytes();

    @Test
    void writesAnyTextAsJacksonDoes() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            String text = text(random);
            byte[] utf8 = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);

            assertThat(json.clear().text(utf8, 1, utf8.length - 2).toBytes()).isEqualTo(MAPPER.writeValueAsBytes(text));
        }
    }

    /** Every character that JSON escapes, and some of each length in UTF-8. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(20);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x80);
                        case 1 -> 0x80 + random.nextInt(0x700);
                        case 2 -> 0x2000 + random.nextInt(0x1000);
                        default -> 0x1F300 + random.nextInt(0x200);
                    });
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, -1, 1_234_567_890_123L, Long.MAX_VALUE, Long.MIN_VALUE})
    void writesNumbers(long value) {
        assertThat(new String(json.clear().number(value).toBytes(), StandardCharsets.US_ASCII))
                .isEqualTo(Long.toString(value));
    }

    @Test
    void growsAndBeginsAnew() {
        byte[] large = "x".repeat(3 << 20).getBytes(StandardCharsets.US_ASCII);

        assertThat(json.text(large, 0, large.length).toBytes()).hasSize(large.length + 2);
        assertThat(json.clear().raw("{}").toBytes()).asString().isEqualTo("{}");
    }
}
