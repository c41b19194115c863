package io.millrace.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void holdsAnyNumberOfNames() {
        String key = CompositeKey.join("api", "GET", "/orders/{id}");

        assertThat(key).isEqualTo("api/GET//orders/{id}");
        assertThat(CompositeKey.split(key, 3)).isEqualTo(List.of("api", "GET", "/orders/{id}"));
    }
}
