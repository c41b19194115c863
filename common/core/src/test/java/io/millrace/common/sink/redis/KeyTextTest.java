package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.failure.DataException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "a-b_c.d~e", "../x", "\"'\\;*?[]|", "Zoë", "\ud83d\ude00", "東京", "e\u0301"})
    void leavesWhatCanBeSeenAndBreaksNothing(String value) throws Exception {
        assertThat(encoded(value)).isEqualTo(value);
    }

    @Test
    void encodesWhateverSeparatesTagsOrBreaksALine() throws Exception {
        assertThat(encoded(":%{}")).isEqualTo("%3A%25%7B%7D");
        assertThat(encoded("a\r\nb\tc d")).isEqualTo("a%0D%0Ab%09c%20d");
        assertThat(encoded("\u0000\u007f\u0085")).isEqualTo("%00%7F%C2%85");
        assertThat(encoded("\u00a0\u2028\u200b\ufeff")).isEqualTo("%C2%A0%E2%80%A8%E2%80%8B%EF%BB%BF");
        assertThat(encoded("\udb40\udc41")).as("an invisible tag").isEqualTo("%F3%A0%81%81");
    }

    @Test
    void givesEveryCharacterATextOfItsOwnWithoutAColon() throws Exception {
        int characters = 0;
        Set<String> texts = new HashSet<>();
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            if (Character.getType(character) != Character.SURROGATE) {
                characters++;
                texts.add(encoded(Character.toString(character)));
            }
        }

        assertThat(texts.size()).isEqualTo(characters);
        assertThat(texts.stream().filter(text -> text.indexOf(':') >= 0)).isEmpty();
    }

    @Test
    void doesNotTakeItsOwnEncodingForTheCharacter() throws Exception {
        assertThat(encoded("%3A")).isEqualTo("%253A").isNotEqualTo(encoded(":"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xD800, 0xDFFF})
    void refusesHalfOfASurrogatePair(int half) {
        assertThatThrownBy(() -> encoded("a" + (char) half + "b"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("half of a surrogate pair");
    }

    private static String encoded(String value) throws DataException {
        StringBuilder key = new StringBuilder();
        KeyText.append(key, value);
        return key.toString();
    }
}
