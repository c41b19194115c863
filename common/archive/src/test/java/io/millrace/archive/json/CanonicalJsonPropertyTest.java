package io.millrace.archive.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each value has one form, which every reader of JSON reads, and no other bytes are read as it. */
class CanonicalJsonPropertyTest {

    private static final JsonMapper ANY = new JsonMapper();

    /** Letters that are escaped, that are not, of two and four bytes, and those that sort otherwise by code points. */
    private static final String[] LETTERS = {
        "a",
        "Z",
        "0",
        " ",
        "\"",
        "\\",
        "/",
        "\b",
        "\t",
        "\n",
        "\f",
        "\r",
        "\u0001",
        "\u001f",
        "\u007f",
        "é",
        "€",
        "\ud83d\ude00",
        "\uffff",
        "\u2028"
    };

    private final Random random = new Random(5);

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(6); left > 0; left--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 4 ? 3 : 5)) {
            case 0 -> null;
            case 1 -> random.nextInt();
            case 2 -> text();
            case 3 -> list(depth);
            default -> object(depth);
        };
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            object.put(text(), value(depth + 1));
        }
        return object;
    }

    @Test
    void whateverIsWrittenIsReadByEverybodyAndWrittenAgainAsItWas() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            Map<String, @Nullable Object> value = object(0);

            byte[] written = CanonicalJson.write(value);

            assertThat(ANY.readValue(written, Object.class)).isEqualTo(value);
            assertThat(CanonicalJson.write(CanonicalJson.read(written).asMap())).isEqualTo(written);
        }
    }

    @Test
    void theOrderInWhichSomebodyPutsNamesIsNoPartOfIt() {
        for (int i = 0; i < 500; i++) {
            Map<String, @Nullable Object> value = object(0);
            List<String> names = new ArrayList<>(value.keySet());
            Map<String, @Nullable Object> other = new LinkedHashMap<>();
            for (int at = names.size() - 1; at >= 0; at--) {
                other.put(names.get(at), value.get(names.get(at)));
            }

            assertThat(CanonicalJson.write(other)).isEqualTo(CanonicalJson.write(value));
        }
    }

    /** Two documents of one value would have two hashes. */
    @Test
    void noOtherFormOfTheSameValueIsRead() throws IOException {
        for (int i = 0; i < 500; i++) {
            Map<String, @Nullable Object> value = object(0);
            byte[] written = CanonicalJson.write(value);
            byte[] pretty = ANY.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
            byte[] plain = ANY.writeValueAsBytes(value);

            for (byte[] other : List.of(pretty, plain)) {
                if (!Arrays.equals(other, written)) {
                    assertThatThrownBy(() -> CanonicalJson.read(other)).isInstanceOf(IOException.class);
                }
            }
        }
    }

    /** Whatever bytes somebody changes: they are read as what they say, or refused; nothing else happens. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void changedBytesAreReadAsWhatTheySayOrRefused(int seed) {
        Random changes = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = CanonicalJson.write(object(0));
            for (int left = 1 + changes.nextInt(3); left > 0; left--) {
                changed[changes.nextInt(changed.length)] = (byte) changes.nextInt();
            }
            try {
                assertThat(CanonicalJson.write(CanonicalJson.read(changed).asMap()))
                        .isEqualTo(changed);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void errorsDoNotRepeatWhatWasRead() {
        byte[] wrong = "{\"secret\":\"secret-value\" x}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> CanonicalJson.read(wrong))
                .isInstanceOf(IOException.class)
                .message()
                .doesNotContain("secret");
    }
}
