package io.millrace.analytics.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.Exposure;
import io.millrace.analytics.event.LineItem;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.SearchTrace;
import io.millrace.analytics.event.UserAction;
import io.millrace.common.failure.DataException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserActionParserTest {

    private final UserActionParser parser = new UserActionParser(EventLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "page_view,PAGE_VIEW",
        "click,CLICK",
        "search,SEARCH",
        "add_to_cart,ADD_TO_CART",
        "wished_for,OTHER",
        "PURCHASE,OTHER"
    })
    void knowsTheTypes(String type, ActionType expected) throws DataException {
        UserAction action = parse("{\"type\":\"" + type
                + "\",\"amount\":{\"no\":\"matter\"},\"currency\":\"Euro (EUR)\",\"userId\":\"u\"}");

        assertThat(action.action().type()).isEqualTo(expected);
        assertThat(action.action().paid()).isNull();
        assertThat(action.userId()).isEqualTo("u");
    }

    @ParameterizedTest
    @CsvSource({
        "19.99,19.99",
        "\"19.99\",19.99",
        "1e2,100",
        "0,0",
        "0E-999999999,0",
        "\"0.000000001\",0.000000001",
        "-5.5,-5.5"
    })
    void readsAmountsExactly(String json, String amount) throws DataException {
        UserAction action = parse(purchase(json));

        assertThat(action.action().paid()).isEqualTo(new Money(new BigDecimal(amount), "EUR"));
    }

    /** A double would make 0.1 + 0.2 of it. */
    @Test
    void readsMoreDigitsThanADoubleHas() throws DataException {
        assertThat(parse(purchase("12345678901234567890.123456789")).action().paid())
                .isEqualTo(new Money(new BigDecimal("12345678901234567890.123456789"), "EUR"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"much\"",
                "true",
                "[1]",
                "1e21",
                "1e999999999",
                "1e-999999999",
                "0.0000000001",
                "\"NaN\""
            })
    void refusesWhatIsNoAmount(String json) {
        assertThatThrownBy(() -> parse(purchase(json)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`amount`");
    }

    @Test
    void readsWhatOfAnExperimentWasShownWithAnyAction() throws DataException {
        String experiment = ",\"experiment\":{\"id\":\"checkout\",\"variant\":2,\"more\":{\"deep\":[1]}}}";
        for (String type : List.of("click", "wished_for")) {
            UserAction action = parse("{\"userId\":\"u\",\"type\":\"" + type + "\"" + experiment);
            assertThat(action.exposure()).isEqualTo(new Exposure("checkout", "2"));
        }
        String purchase = purchase("1");
        UserAction bought = parse(purchase.substring(0, purchase.length() - 1) + experiment);
        assertThat(bought.exposure()).isEqualTo(new Exposure("checkout", "2"));
        assertThat(bought.action().paid()).isEqualTo(new Money(BigDecimal.ONE, "EUR"));
    }

    @Test
    void anActionWithoutAnExperimentShowsNone() throws DataException {
        parse("{\"userId\":\"u\",\"type\":\"click\",\"experiment\":{\"id\":\"x\",\"variant\":\"a\"}}");

        assertThat(parse("{\"userId\":\"u\",\"type\":\"click\"}").exposure()).isNull();
        assertThat(parse("{\"userId\":\"u\",\"type\":\"click\",\"experiment\":null}")
                        .exposure())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "checkout"                   | `experiment` is no object
            []                           | `experiment` is no object
            {}                           | `experiment.id` is missing
            {"id":"x"}                   | `experiment.variant` is missing
            {"id":"x","variant":""}      | `experiment.variant` is missing
            {"id":"x","variant":true}    | `experiment.variant` is no text
            {"id":{},"variant":"a"}      | `experiment.id` is no text
            """)
    void refusesWhatIsNoExperiment(String json, String message) {
        assertThatThrownBy(() -> parse("{\"userId\":\"u\",\"type\":\"click\",\"experiment\":" + json + "}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsItems() throws DataException {
        UserAction action =
                parse(withItems("[{\"productId\":7,\"category\":\"books\",\"quantity\":2,\"price\":\"4.50\","
                        + "\"more\":{\"deep\":[1]}},{\"category\":null,\"price\":0.5},{\"quantity\":-1.0}]"));

        assertThat(action.items())
                .containsExactly(
                        new LineItem("books", 2, new BigDecimal("4.50")),
                        new LineItem("unknown", 1, new BigDecimal("0.5")),
                        new LineItem("unknown", -1, BigDecimal.ZERO));
        assertThat(action.items().get(0).value()).isEqualByComparingTo("9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "\"none\"",
                "[[]]",
                "[1]",
                "[{\"quantity\":1.5}]",
                "[{\"quantity\":1000001}]",
                "[{\"quantity\":1000000,\"price\":1e15}]",
                "[{\"price\":\"much\"},{\"price\":{\"in\":[\"EUR\"]}}]",
                "[{\"category\":[\"books\"]}]"
            })
    void refusesItemsThatAreNoneAndReadsTheRestOfTheEvent(String items) throws DataException {
        assertThatThrownBy(() -> parse(withItems(items))).isInstanceOf(DataException.class);

        UserAction other = parse("{\"items\":" + items + ",\"type\":\"click\",\"userId\":\"u\"}");
        assertThat(other.items()).isEmpty();
        assertThat(other.userId()).isEqualTo("u");
    }

    @Test
    void readsWhatSearchesAndClicksSayOfEachOther() throws DataException {
        assertThat(parse(
                                "{\"userId\":\"u\",\"type\":\"search\",\"searchId\":7,\"sessionId\":\"s\",\"query\":\" Red\\t\\n SHOES \","
                                        + "\"resultsCount\":0}")
                        .trace())
                .isEqualTo(new SearchTrace("7", "s", "red shoes", 0));
        assertThat(parse("{\"userId\":\"u\",\"type\":\"search\"}").trace())
                .isEqualTo(new SearchTrace(null, null, "", -1));
        assertThat(parse("{\"userId\":\"u\",\"type\":\"click\",\"searchId\":\"7\",\"query\":\"q\"}")
                        .trace())
                .isEqualTo(new SearchTrace("7", null, "", -1));
        assertThat(parse("{\"userId\":\"u\",\"type\":\"other\",\"query\":[1],\"sessionId\":{}}")
                        .trace())
                .isNull();
    }

    @Test
    void cutsALongQueryBetweenCharacters() throws DataException {
        String query = "a".repeat(SearchFields.LONGEST_QUERY - 1) + "\uD83D\uDC5F";

        assertThat(parse("{\"userId\":\"u\",\"type\":\"search\",\"query\":\"" + query + "\"}")
                        .trace()
                        .query())
                .isEqualTo("a".repeat(SearchFields.LONGEST_QUERY - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"query\":[\"q\"]", "\"resultsCount\":\"many\"", "\"searchId\":{}", "\"sessionId\":true"})
    void refusesASearchThatIsNone(String field) {
        assertThatThrownBy(() -> parse("{\"userId\":\"u\",\"type\":\"search\"," + field + "}"))
                .isInstanceOf(DataException.class);
    }

    @Test
    void refusesWhatIsMissing() {
        assertThatThrownBy(() -> parse("{\"type\":\"click\"}")).hasMessageContaining("`userId` is missing");
        assertThatThrownBy(() -> parse("{\"userId\":\"u\"}")).hasMessageContaining("`type` is missing");
        assertThatThrownBy(() -> parse("{\"userId\":\"u\",\"type\":\"purchase\",\"currency\":\"EUR\"}"))
                .hasMessageContaining("`amount` of a purchase is missing");
        assertThatThrownBy(() -> parse("{\"userId\":\"u\",\"type\":\"purchase\",\"amount\":1}"))
                .hasMessageContaining("`currency` is missing");
    }

    private static String withItems(String items) {
        return "{\"items\":" + items + ",\"userId\":\"u\",\"type\":\"purchase\",\"currency\":\"EUR\",\"amount\":9.5}";
    }

    private static String purchase(String amount) {
        return "{\"userId\":\"u\",\"type\":\"purchase\",\"currency\":\"EUR\",\"amount\":" + amount + "}";
    }

    private UserAction parse(String event) throws DataException {
        return parser.parse(new Place(0, 0, 1_000), event.getBytes(StandardCharsets.UTF_8), null);
    }
}
