package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose key a key can be. A star stands for a column. */
class KeySegmentTest {

    @ParameterizedTest
    @CsvSource({
        "user:*, user:*, true",
        "user:*, order:*, false",
        "user:*, user:*:row, false",
        "user:*, user:me, true",
        "user:ab*, user:a, false",
        "user:*x, user:x, true",
        "user:a*, user:b*, false",
        "user:a*, user:ab*, true",
        "user:*a, user:*b, false",
        "user:a*, user:*b, true",
        "*:row, user:*, true",
        "*:row, user:*:*, false"
    })
    void twoTemplatesOverlapIfSomeKeyIsOfBoth(String some, String other, boolean overlap) {
        assertThat(KeySegment.overlap(segments(some), segments(other))).isEqualTo(overlap);
        assertThat(KeySegment.overlap(segments(other), segments(some))).isEqualTo(overlap);
    }

    @ParameterizedTest
    @CsvSource({
        "user:*:row, user:7:row, true",
        "user:*:row, user::row, true",
        "user:*:row, user:7, false",
        "user:*:row, user:7:rows, false",
        "user:*:row, user:7:8:row, false",
        "user-*, user-7, true",
        "user-*, user, false",
        "user:me, user:me, true",
        "user:me, user:you, false"
    })
    void aKeyIsMadeOfTheTextsAndOfValuesBetweenThem(String template, String key, boolean made) {
        assertThat(KeySegment.make(segments(template), key)).isEqualTo(made);
    }

    /** Nobody but somebody else writes a value in another form than the one that a column's value has. */
    @ParameterizedTest
    @CsvSource({"a%3Ab, true", "a%3ab, false", "a%41, false", "a b, false", "x{y, false", "100%, false", "é, true"})
    void aValueIsWhatAColumnsValueIsWrittenAs(String value, boolean made) {
        assertThat(KeySegment.make(segments("user:*"), "user:" + value)).isEqualTo(made);
    }

    private static List<KeySegment> segments(String template) {
        return KeySegment.of(List.of(template.split("\\*", -1)));
    }
}
