package io.millrace.archive.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All headers of a record in one piece: each piece is that of one list alone. */
class HeadersTest {

    private static List<Header> some(int seed) {
        Random random = new Random(seed);
        List<Header> headers = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            headers.add(new Header("name-é" + random.nextInt(3), random.nextInt(4) == 0 ? null : value));
        }
        return headers;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void areReadAsTheyWereWritten(int seed) {
        List<Header> headers = some(seed);

        List<Header> read = Headers.read(Headers.write(headers));

        assertThat(read)
                .extracting(Header::name)
                .isEqualTo(headers.stream().map(Header::name).toList());
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).value()).isEqualTo(headers.get(i).value());
        }
        assertThat(Headers.write(read)).isEqualTo(Headers.write(headers));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void noPartOfThemIsTakenForAllAndNothingMoreThanAll(int seed) {
        byte[] written = Headers.write(some(seed));
        for (int length = 0; length < written.length; length++) {
            byte[] part = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> Headers.read(part)).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] more = Arrays.copyOf(written, written.length + 1);
        assertThatThrownBy(() -> Headers.read(more))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more bytes than theirs");
    }

    @ParameterizedTest
    @CsvSource({
        "ff ff ff ff,                         more bytes than theirs",
        "7f ff ff ff,                         end too early",
        "00 00 00 01 ff ff ff ff 00 00 00 00, has no name",
        "00 00 00 01 7f ff ff ff 00 00 00 00, end too early",
        "00 00 00 01 00 00 00 00 ff ff ff fe, end too early",
        "00 00 00 01 80 00 00 00 00 00 00 00, end too early",
    })
    void whatNobodyWroteIsRefused(String hex, String why) {
        assertThatThrownBy(() -> Headers.read(HexFormat.of().parseHex(hex.replace(" ", ""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void noneAreFourBytes() {
        assertThat(Headers.write(List.of())).isEqualTo(new byte[4]);
        assertThat(Headers.read(new byte[4])).isEmpty();
    }
}
