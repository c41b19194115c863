package io.millrace.cli.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    @Test
    void indentsJsonAndKeepsEveryDigitAndEveryKey() {
        assertThat(show("{\"a\":1.10,\"b\":[12345678901234567890,{}],\"a\":null}"))
                .isEqualTo("""
                        {
                          "a" : 1.10,
                          "b" : [
                            12345678901234567890,
                            { }
                          ],
                          "a" : null
                        }""");
    }

    @Test
    void jsonCannotDriveTheTerminal() {
        assertThat(show("{\"a\":\"\\u001b]0;x\\u0007\",\"b\":\"\u202e\u009b31m\"}"))
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .doesNotContain("\u009b")
                .contains("\\u202e\\u009b31m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"a\":", "{} {}", "  ", "{\"a\":01}", "NaN"})
    void dumpsWhatIsNotOneJsonDocument(String text) {
        assertThat(show(text)).startsWith("00000000  ");
    }

    @Test
    void dumpsBytesWithTheirPlaceAndTheirText() {
        byte[] bytes = new byte[18];
        bytes[0] = (byte) 0xff;
        bytes[1] = 'A';
        bytes[2] = 0x1b;
        bytes[17] = 'z';
        assertThat(Payload.show(bytes, 1024).lines())
                .containsExactly(
                        "00000000  ff 41 1b 00 00 00 00 00 00 00 00 00 00 00 00 00  .A..............",
                        "00000010  00 7a                                            .z");
    }

    @Test
    void aLongDumpSaysHowMuchIsMissing() {
        assertThat(Payload.show(new byte[100], 16)).endsWith("… 84 more bytes; --save FILE writes them all");
    }

    @Test
    void aJsonBombIsDumped() {
        assertThat(show("[".repeat(100_000))).startsWith("00000000  5b 5b");
    }

    @Test
    void aKeyIsTextIfItIsAndDigitsIfNot() {
        assertThat(Payload.showKey("{\"id\":1}\u001b".getBytes(UTF_8))).isEqualTo("{\"id\":1}\\u001b");
        assertThat(Payload.showKey(new byte[] {(byte) 0xc3, 0x28})).isEqualTo("0xc328");
    }

    private static String show(String text) {
        return Payload.show(text.getBytes(UTF_8), 1024);
    }
}
