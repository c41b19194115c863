package io.millrace.archive.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hash has 32 bytes, and one way to be written. */
class HashTest {

    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isTheOneOfTheStandardAndReadAsItIsWritten() {
        Hash hash = Sha256.of("abc".getBytes(StandardCharsets.US_ASCII));

        assertThat(hash).hasToString(ABC).isEqualTo(Hash.ofHex(ABC)).hasSameHashCodeAs(Hash.ofHex(ABC));
        assertThat(Hash.of(hash.bytes())).isEqualTo(hash);
        assertThat(hash).isNotEqualTo(Hash.ZERO);
    }

    /** Two texts of one hash would be two digests of one content. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
                "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a ",
                "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015",
                "gg7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "٠٠7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void noOtherTextIsOne(String text) {
        assertThatThrownBy(() -> Hash.ofHex(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void noOtherNumberOfBytesIsOne(int length) {
        assertThatThrownBy(() -> Hash.of(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("and not " + length);
    }

    @Test
    void nobodyChangesItFromOutside() {
        byte[] bytes = new byte[Hash.LENGTH];
        Hash hash = Hash.of(bytes);
        bytes[0] = 1;
        hash.bytes()[1] = 1;
        Hash.ZERO.bytes()[2] = 1;

        assertThat(hash).isEqualTo(Hash.ZERO).hasToString("0".repeat(64));
    }
}
