package io.millrace.analytics.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Request;
import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.event.Stamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestKeyingTest {

    private static final Stamp STAMP = new Stamp(1, 2, 3, null);

    @ParameterizedTest
    @CsvSource({"500,499,false", "500,500,true", "400,404,true"})
    void whatFailedIsSaidByItsStatus(int errorsFrom, int status, boolean failed) {
        RequestKeying keying = new RequestKeying(errorsFrom);
        RequestSample sample = new RequestSample(STAMP, "api", "GET", "/a", status, 7);

        assertThat(keying.key(sample)).isEqualTo("api/GET//a");
        assertThat(keying.event(sample)).isEqualTo(new Request(STAMP, 7, failed));
    }

    @Test
    void knowsRoutesApartHoweverManyThereAre() {
        RequestKeying keying = new RequestKeying(500);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < RequestKeying.MOST_KEYS + 10; i++) {
                assertThat(keying.key(new RequestSample(STAMP, "a/b", "GET", "/" + i, 200, 7)))
                        .isEqualTo("a%2Fb/GET//" + i);
            }
        }
    }
}
