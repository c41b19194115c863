package io.millrace.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompositeKeyTest {

    @ParameterizedTest
    @CsvSource({
        "EUR,'',EUR/",
        "EUR,books,EUR/books",
        "EUR,a/b%2F,EUR/a/b%2F",
        "a/b,'',a%2Fb/",
        "'',/,//",
        "%2F,/,%252F//",
        "%,25,%25/25"
    })
    void isSplitAsItWasJoined(String first, String last, String key) {
        assertThat(CompositeKey.join(first, last)).isEqualTo(key);
        assertThat(CompositeKey.split(key, 2)).containsExactly(first, last);
    }

    /** And so no two lists of names have the same key. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyNamesAreSplitAsTheyWereJoined(long seed) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        for (int left = 1 + random.nextInt(5); left > 0; left--) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                name.append("/%25F\\$é\u0000".charAt(random.nextInt(9)));
            }
            names.add(name.toString());
        }

        String key = CompositeKey.join(names.toArray(String[]::new));

        assertThat(CompositeKey.split(key, names.size())).isEqualTo(names);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new Random().longs(300));
    }

    @Test
    void holdsAnyNumberOfNames() {
        String key = CompositeKey.join("api", "GET", "/orders/{id}");

        assertThat(key).isEqualTo("api/GET//orders/{id}");
        assertThat(CompositeKey.split(key, 3)).isEqualTo(List.of("api", "GET", "/orders/{id}"));
    }
}
