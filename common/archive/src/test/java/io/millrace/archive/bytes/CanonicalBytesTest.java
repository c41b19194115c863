package io.millrace.archive.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CanonicalBytesTest {

    private static String hex(CanonicalBytes bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static CanonicalBytes bytes() {
        return new CanonicalBytes();
    }

    @Test
    void writesNumbersBigEndianAndTextsBehindTheirLength() {
        assertThat(hex(bytes().u8(255).i32(1).i64(-2).text("é").bytes(new byte[] {7})))
                .isEqualTo("ff" + "00000001" + "fffffffffffffffe" + "00000002c3a9" + "0000000107");
    }

    @Test
    void tellsNothingFromTheEmptyText() {
        assertThat(hex(bytes().text(null))).isEqualTo("ffffffff");
        assertThat(hex(bytes().text(""))).isEqualTo("00000000");
        assertThat(hex(bytes().optional(null))).isEqualTo("00");
        assertThat(hex(bytes().optional(0L))).isEqualTo("010000000000000000");
    }

    @Test
    void twoTextsAreNotOneThatIsTheirSum() {
        assertThat(hex(bytes().text("ab").text("c")))
                .isNotEqualTo(hex(bytes().text("a").text("bc")));
    }

    @Test
    void beginsAnewWithWhatTheBytesAreFor() {
        CanonicalBytes used = bytes().begin("first").i64(1);

        assertThat(hex(used.begin("use"))).isEqualTo(hex(bytes().text("use")));
    }

    @Test
    void growsWithWhatIsWritten() {
        byte[] large = new byte[100_000];
        large[99_999] = 1;

        assertThat(bytes().bytes(large).toByteArray()).hasSize(100_004).endsWith(1);
    }

    @Test
    void aHashIsWrittenAsLowerCaseDigitsAndNotOtherwise() {
        String text = "0f".repeat(32);

        assertThat(Hash.ofHex(text))
                .hasToString(text)
                .isEqualTo(Hash.of(Hash.ofHex(text).bytes()));
        assertThatThrownBy(() -> Hash.ofHex("0F".repeat(32))).hasMessageContaining("lower-case hexadecimal digits");
        assertThatThrownBy(() -> Hash.ofHex("0f")).hasMessageContaining("'0f'");
        assertThatThrownBy(() -> Hash.of(new byte[31])).hasMessageContaining("not 31");
    }
}
