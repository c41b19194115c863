package io.millrace.analytics.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.Request;
import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.event.Stamp;
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
}
