package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 9, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x90, 0x9b, 0x9d, 0xad, 0x200b, 0x2028, 0x202e, 0x2066,
                0xd800, 0xfeff, 0xe000
            })
    void escapesWhatCouldDriveATerminalOrDeceiveAReader(int character) {
        String safe = Printable.line("a" + (char) character + "b");
        assertThat(safe).isEqualTo("a\\u%04xb".formatted(character));
    }

    @Test
    void escapesATagCharacterOutsideTheFirstPlane() {
        assertThat(Printable.line(new String(Character.toChars(0xe0041)))).isEqualTo("\\udb40\\udc41");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain text", "größer: 日本語", "😀", "a\\b"})
    void leavesReadableTextAlone(String text) {
        assertThat(Printable.line(text)).isEqualTo(text);
    }

    @Test
    void cutsLongText() {
        assertThat(Printable.line("abcdef", 4)).isEqualTo("abc…");
        assertThat(Printable.line("abcd", 4)).isEqualTo("abcd");
    }
}
