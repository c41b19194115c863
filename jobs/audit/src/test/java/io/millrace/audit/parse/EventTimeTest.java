package io.millrace.audit.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.common.failure.DataException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The times that producers write, and what is none. */
class EventTimeTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static long of(String json) throws Exception {
        JsonNode value = JSON.readTree(json);
        return EventTime.of(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "9223372036854775807, 9223372036854775807",
        "'\"0\"', 0",
        "'\"0000000000000001\"', 1",
        "'\"9999999999999999\"', 9999999999999999",
        "'\"1970-01-01T00:00:00Z\"', 0",
        "'\"1970-01-01T00:00:00.0009Z\"', 0",
        "'\"1969-12-31T23:59:59.999Z\"', -1",
        "'\"2026-03-02T12:00:00.123456789+05:30\"', 1772433000123",
        "'\"2026-03-02T12:00Z\"', 1772452800000",
        "'\"2024-02-29T00:00:00.000Z\"', 1709164800000",
        "'\"+12026-03-02T00:00:00Z\"', 317341929600000",
    })
    void areReadInEachFormThatProducersWrite(String json, long millis) throws Exception {
        assertThat(of(json)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "{}",
                "[]",
                "1.5",
                "1e3",
                "9223372036854775808",
                "-9223372036854775809",
                "\"\"",
                "\" \"",
                "\"-1\"",
                "\"+1\"",
                "\"1 \"",
                "\"0x10\"",
                "\"1e3\"",
                "\"٣\"",
                "\"10000000000000000\"",
                "\"2026-03-02\"",
                "\"2026-03-02T12:00:00\"",
                "\"2026-03-02 12:00:00Z\"",
                "\"2026-02-30T12:00:00.000Z\"",
                "\"2023-02-29T00:00:00.000Z\"",
                "\"2026-03-02T24:00:01.000Z\"",
                "\"2026-03-02T12:60:00.000Z\"",
                "\"2026-13-02T12:00:00.000Z\"",
                "\"2026-03-02T12:00:00.000X\"",
                "\"٢٠٢٦-03-02T12:00:00.000Z\"",
                "\"+999999999-12-31T23:59:59Z\"",
                "\"Mon, 02 Mar 2026 12:00:00 GMT\""
            })
    void areNotGuessed(String json) {
        assertThatThrownBy(() -> of(json))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`timestamp` is neither ISO-8601 text with an offset")
                .message()
                .as("nothing of the event")
                .doesNotContain("999999999", "Mon,", "0x10");
    }

    /** The quick way of the form that JavaScript writes, and the slow way of all others, come to the same. */
    @Test
    void areTheSameInEachFormOfTheSameTime() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            long millis = random.nextLong(-2_000_000_000_000L, 6_000_000_000_000L);
            Instant instant = Instant.ofEpochMilli(millis);
            String offset = instant.atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60)))
                    .toString();

            assertThat(EventTime.of(TextNode.valueOf(instant.toString()))).isEqualTo(millis);
            assertThat(EventTime.of(TextNode.valueOf(offset))).as(offset).isEqualTo(millis);
            assertThat(of(Long.toString(millis))).isEqualTo(millis);
        }
    }
}
