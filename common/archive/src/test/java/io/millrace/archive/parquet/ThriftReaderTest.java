package io.millrace.archive.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata as it is written, and as somebody may write it who wants to see a verifier fall. */
class ThriftReaderTest {

    private static ThriftStruct read(byte[] bytes) throws ParquetFormatException {
        return new ThriftReader(bytes).struct();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] whole() {
        ThriftWriter out = new ThriftWriter();
        out.begin()
                .bool(1, true)
                .bool(2, false)
                .i32(3, -7)
                .i64(4, Long.MIN_VALUE)
                .text(5, "Zoë");
        out.list(6, ThriftType.I32, 16);
        for (int i = 0; i < 16; i++) {
            out.element(i - 8);
        }
        out.list(7, ThriftType.STRUCT, 2).begin().i32(1, 1).end().begin().end();
        out.begin(8).begin(1).i64(14, Long.MAX_VALUE).end().end();
        return out.bytes(9, new byte[200]).end().toByteArray();
    }

    @Test
    void readsWhatWasWritten() throws ParquetFormatException {
        ThriftStruct struct = read(whole());

        assertThat(struct.number(3)).isEqualTo(-7);
        assertThat(struct.number(4)).isEqualTo(Long.MIN_VALUE);
        assertThat(struct.text(5)).isEqualTo("Zoë");
        assertThat(struct.list(6, Long.class)).hasSize(16).startsWith(-8L).endsWith(7L);
        assertThat(struct.structs(7)).hasSize(2);
        assertThat(struct.structs(7).get(0).number(1)).isEqualTo(1);
        assertThat(struct.struct(8).struct(1).number(14)).isEqualTo(Long.MAX_VALUE);
        assertThat(struct.has(10)).isFalse();
        assertThat(struct.number(10, 5)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 56})
    void readsEachNumberAsItWasWritten(long number) throws ParquetFormatException {
        assertThat(read(new ThriftWriter().begin().i64(1, number).end().toByteArray())
                        .number(1))
                .isEqualTo(number);
        assertThat(read(new ThriftWriter().begin().i64(1, -number).end().toByteArray())
                        .number(1))
                .isEqualTo(-number);
    }

    /** Whatever was cut off, at whichever byte. */
    @Test
    void refusesEachPartOfAWhole() {
        byte[] whole = whole();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).as("%d bytes", length).isInstanceOf(ParquetFormatException.class);
        }
    }

    /** No other exception and no endless work, whichever byte was changed to whatever. */
    @Test
    void readsOrRefusesWhateverAByteIsChangedTo() {
        byte[] whole = whole();
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int change = 1; change < 256; change++) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) change;
                try {
                    read(changed);
                } catch (ParquetFormatException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "18 ff ff ff ff 07 00,             a text of",
        "18 ff ff ff ff ff ff ff ff ff 01, a text of",
        "19 fc ff ff ff ff 07 00,          a list of",
        "19 e5 00,                         a list of",
        "15 ff ff ff ff ff ff ff ff ff ff 01 00, more than 64 bits",
        "17 00,                            unknown type 7",
        "1b 00,                            unknown type 11",
        "15 02 05 02 02 00,                field 1 twice",
        "'',                               ends too early",
        "05,                               ends too early",
    })
    void refusesWhatSaysMoreThanThereIs(String hex, String why) {
        assertThatThrownBy(() -> read(bytes(hex)))
                .isInstanceOf(ParquetFormatException.class)
                .hasMessageContaining(why);
    }

    /** A stack that ends is no finding: each byte opens a level more. */
    @ParameterizedTest
    @ValueSource(strings = {"19", "1c"})
    void refusesWhatIsNestedTooDeep(String level) {
        byte[] deep = bytes(level.repeat(1 << 20));

        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(ParquetFormatException.class)
                .hasMessageContaining("nested deeper than 16 levels");
    }

    /** Else a list of a million would take no bytes, and a thousand lists of a million a thousand times the memory. */
    @Test
    void eachTruthValueOfAListTakesAByte() throws ParquetFormatException {
        assertThat(read(bytes("19 31 01 00 01 15 06 00")).list(1, Boolean.class))
                .containsExactly(true, false, true);
        assertThatThrownBy(() -> read(bytes("19 f1 04 01 01 01")))
                .isInstanceOf(ParquetFormatException.class)
                .hasMessageContaining("a list of 4 elements");
    }

    @Test
    void namesTheFieldThatIsMissingOrOfAnotherType() throws ParquetFormatException {
        ThriftStruct struct = read(whole());

        assertThatThrownBy(() -> struct.number(10)).hasMessageContaining("no field 10");
        assertThatThrownBy(() -> struct.number(5)).hasMessageContaining("another type in field 5");
        assertThatThrownBy(() -> struct.structs(6)).hasMessageContaining("another type in field 6");
        assertThatThrownBy(() -> struct.struct(3)).hasMessageContaining("another type in field 3");
    }
}
