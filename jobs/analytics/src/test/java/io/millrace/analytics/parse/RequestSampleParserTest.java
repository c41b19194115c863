package io.millrace.analytics.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.event.RequestSampleSerializer;
import io.millrace.analytics.event.Stamp;
import io.millrace.common.failure.DataException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSampleParserTest {

    private static final String SAMPLE = "{\"service\":\"api\",\"route\":\"/orders/{id}\",\"method\":\"GET\","
            + "\"status\":200,\"durationMs\":12.5,\"timestamp\":5000,\"host\":{\"name\":\"a\"}}";

    private final RequestSampleParser parser = new RequestSampleParser(EventLimits.DEFAULT);

    @Test
    void readsASampleThatIsWrittenAndReadAgain() throws Exception {
        RequestSample sample = parse(SAMPLE);
        DataOutputSerializer out = new DataOutputSerializer(64);
        RequestSampleSerializer.INSTANCE.serialize(sample, out);

        assertThat(sample)
                .isEqualTo(new RequestSample(new Stamp(0, 0, 5_000, null), "api", "GET", "/orders/{id}", 200, 12_500));
        assertThat(RequestSampleSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(sample);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.0004,0", "0.0005,1", "1e3,1000000", "\"7.25\",7250", "86400000,86400000000"})
    void readsDurationsOfAnyNumberOfDigits(String json, long micros) throws DataException {
        assertThat(parse(SAMPLE.replace("12.5", json)).micros()).isEqualTo(micros);
        assertThat(parse(SAMPLE.replace("12.5", "3.1415926535897932385")).micros())
                .isEqualTo(3_142);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "86400001", "\"NaN\"", "\"\"", "\"long\"", "true", "[1]", "1e400", "null"})
    void refusesWhatIsNoDuration(String json) {
        assertThatThrownBy(() -> parse(SAMPLE.replace("12.5", json)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`durationMs`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000", "\"OK\"", "200.5", "null"})
    void refusesWhatIsNoStatus(String json) {
        assertThatThrownBy(() -> parse(SAMPLE.replace("200", json)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`status`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "route", "method"})
    void refusesWhatIsMissing(String name) {
        assertThatThrownBy(() -> parse(SAMPLE.replace("\"" + name + "\"", "\"other\"")))
                .hasMessage("`" + name + "` is missing");
    }

    private RequestSample parse(String event) throws DataException {
        return parser.parse(new Place(0, 0, 1_000), event.getBytes(StandardCharsets.UTF_8), null);
    }
}
