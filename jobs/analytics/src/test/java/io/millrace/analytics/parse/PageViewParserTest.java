package io.millrace.analytics.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.Visit;
import io.millrace.common.failure.DataException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageViewParserTest {

    private static final long KAFKA = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();

    private final PageViewParser parser = new PageViewParser(new EventLimits(4_000, 8, Duration.ofMinutes(10)));

    @Test
    void readsAView() throws DataException {
        PageView view = parse("""
                {"eventId":"e-1","pageUrl":"/home","userId":"u-1","sessionId":"s-1","referrer":null,
                 "timestamp":"2026-01-31T11:59:00.000Z","unknown":{"deep":[1,{"pageUrl":"/other"}]}}""");

        assertThat(view.pageUrl()).isEqualTo("/home");
        assertThat(view.visit().visitor()).isEqualTo(Visit.user("u-1"));
        assertThat(view.stamp().id()).isEqualTo(EventId.of("e-1"));
        assertThat(view.stamp().timestamp()).isEqualTo(KAFKA - 60_000);
        assertThat(view.stamp().partition()).isEqualTo(3);
        assertThat(view.stamp().offset()).isEqualTo(42);
    }

    @Test
    void takesKafkasTimeAndNobodyIfTheViewNamesNeither() throws DataException {
        PageView view = parse("{\"pageUrl\":\"/\",\"timestamp\":null,\"userId\":\"\"}");

        assertThat(view.stamp().timestamp()).isEqualTo(KAFKA);
        assertThat(view.stamp().id()).isNull();
        assertThat(view.visit().visitor()).isEqualTo(Visit.NOBODY);
    }

    @Test
    void forgetsTheViewBefore() throws DataException {
        parse("{\"pageUrl\":\"/\",\"userId\":\"u\",\"eventId\":\"e\",\"timestamp\":1769860000000}");

        assertThat(parse("{\"pageUrl\":\"/\"}").visit())
                .isEqualTo(new Visit(new io.millrace.analytics.event.Stamp(3, 42, KAFKA, null), Visit.NOBODY));
    }

    @Test
    void knowsASessionAsAVisitorOfItsOwnAndNumbersAsIds() throws DataException {
        assertThat(parse("{\"pageUrl\":\"/\",\"sessionId\":\"7\"}").visit().visitor())
                .isEqualTo(Visit.session("7"))
                .isNotEqualTo(Visit.user("7"));
        assertThat(parse("{\"pageUrl\":\"/\",\"userId\":7}").visit().visitor()).isEqualTo(Visit.user("7"));
        assertThat(parse("{\"pageUrl\":\"/\",\"timestamp\":1.7698608e12}")
                        .stamp()
                        .timestamp())
                .isEqualTo(KAFKA);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                 | is missing
            {"pageUrl":""}                                     | is missing
            {"pageUrl":["/"]}                                  | is no text
            {"pageUrl":true}                                   | is no text
            {"pageUrl":"\\ud83d"}                              | half of a character
            {"pageUrl":"/","timestamp":"now"}                  | is neither ISO
            {"pageUrl":"/","timestamp":-5}                     | is neither ISO
            {"pageUrl":"/","timestamp":99999999999999999999999}| is neither ISO
            {"pageUrl":"/","timestamp":1e300}                  | is neither ISO
            {"pageUrl":"/","timestamp":{}}                     | is neither ISO
            {"pageUrl":"/","timestamp":"2096-01-01T00:00:00Z"} | ahead of the Kafka record's
            [1]                                                | not a JSON object
            {"pageUrl":"/"} {}                                 | more behind
            {"pageUrl":"/"                                     | not JSON
            {"pageUrl":"/","x":[[[[[[[[[[]]]]]]]]]]}           | nested deeper
            """)
    void refusesWhatBreaksTheContract(String event, String reason) {
        assertThatThrownBy(() -> parse(event)).isInstanceOf(DataException.class).hasMessageContaining(reason);
    }

    @Test
    void refusesNoValueAndTooMuch() {
        assertThatThrownBy(() -> parser.parse(new Place(0, 0, 0), null, null)).hasMessageContaining("no value");
        assertThatThrownBy(() -> parse("{\"pageUrl\":\"" + "x".repeat(2_049) + "\"}"))
                .hasMessageContaining("more than 2048 characters");
        assertThatThrownBy(() -> parse("{\"pageUrl\":\"" + "x".repeat(4_000) + "\"}"))
                .hasMessageContaining("source.limits.largest-event");
        assertThatThrownBy(() -> parse("{\"pageUrl\":\"/\",\"x\":" + "1".repeat(200) + "}"))
                .hasMessageContaining("oversized number");
    }

    @Test
    void lessThanTheDriftAheadIsBelieved() throws DataException {
        assertThat(parse("{\"pageUrl\":\"/\",\"timestamp\":" + (KAFKA + 600_000) + "}")
                        .stamp()
                        .timestamp())
                .isEqualTo(KAFKA + 600_000);
        assertThatThrownBy(() -> parse("{\"pageUrl\":\"/\",\"timestamp\":" + (KAFKA + 600_001) + "}"))
                .hasMessageContaining("600001 ms ahead");
    }

    @Test
    void repeatsNothingOfTheEventInAReason() {
        assertThatThrownBy(() -> parse("{\"pageUrl\":\"secret"))
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private PageView parse(String event) throws DataException {
        return parser.parse(new Place(3, 42, KAFKA), event.getBytes(StandardCharsets.UTF_8), null);
    }
}
