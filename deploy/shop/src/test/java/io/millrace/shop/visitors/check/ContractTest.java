package io.millrace.shop.visitors.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events count, and why the others do not. */
class ContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Contract VIEW = new Contract(List.of("pageUrl"));
    private static final Contract ACTION = new Contract(List.of("userId", "type"));
    private static final Contract SAMPLE = new Contract(List.of("service"));
    private static final long NOON = 1_772_452_800_000L;

    @ParameterizedTest
    @ValueSource(strings = {"{\"pageUrl\":\"/a\"}", "{\"pageUrl\":7,\"more\":[1]}"})
    void anEventNamesWhatItMustName(String view) {
        assertThatCode(() -> VIEW.requireFields(tree(view))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1] | it is no object",
                "{} | pageUrl is missing",
                "{\"pageUrl\":\"\"} | pageUrl is missing",
                "{\"pageUrl\":null} | pageUrl is missing",
                "{\"pageUrl\":1.5} | pageUrl is missing"
            })
    void aViewThatDoesNotIsNone(String view, String why) {
        breaks(() -> VIEW.requireFields(tree(view)), why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"durationMs\":1 | it has no status",
                "\"status\":200 | it has no duration",
                "\"status\":200,\"durationMs\":-1 | it took too long",
                "\"status\":200,\"durationMs\":86400001 | it took too long"
            })
    void aSampleHasAStatusAndADurationOfADayAtMost(String fields, String why) {
        assertThatCode(() -> SAMPLE.requireFields(tree("{\"service\":\"api\",\"status\":200,\"durationMs\":86400000}")))
                .doesNotThrowAnyException();
        breaks(() -> SAMPLE.requireFields(tree("{\"service\":\"api\"," + fields + "}")), why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"currency\":\"EUR\" | an amount is missing",
                "\"amount\":\"5\" | it has no currency",
                "\"amount\":\"5\",\"currency\":\"EUR\",\"items\":{} | items are no list",
                "\"amount\":\"5\",\"currency\":\"EUR\",\"items\":[{\"quantity\":1.5}] | a quantity is broken",
                "\"amount\":\"5\",\"currency\":\"EUR\",\"items\":[{\"price\":null}] | an amount is missing"
            })
    void aPurchaseIsPaidForAndOtherActionsNeedNotBe(String fields, String why) {
        assertThatCode(() -> ACTION.requireFields(action("click", fields))).doesNotThrowAnyException();
        breaks(() -> ACTION.requireFields(action("purchase", fields)), why);
    }

    @Test
    void anAmountIsADecimalNumberOfBoundedLength() throws Exception {
        assertThat(Contract.amount(tree("\"12.50\""))).isEqualByComparingTo("12.5");
        assertThat(Contract.amount(tree("0.123456789"))).isEqualByComparingTo("0.123456789");
        breaks(() -> Contract.amount(tree("\"0.1234567891\"")), "an amount is too long");
        breaks(() -> Contract.amount(tree("\"1e20\"")), "an amount is too long");
        breaks(() -> Contract.amount(tree("\"twelve\"")), "an amount is none");
    }

    @Test
    void anEventWithoutATimeHasThatOfItsRecord() throws Exception {
        assertThat(Contract.time(tree("{}"), NOON)).isEqualTo(NOON);
        assertThat(Contract.time(tree("{\"timestamp\":null}"), NOON)).isEqualTo(NOON);
        assertThat(Contract.time(tree("{\"timestamp\":5}"), NOON)).isEqualTo(5);
        assertThat(Contract.time(tree("{\"timestamp\":\"1970-01-01T01:00:00.005+01:00\"}"), NOON))
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | its time is none",
                "\"yesterday\" | its time is none",
                "1772453400001 | it is of the future",
                "4102444800000 | its time is none"
            })
    void aTimeIsNotBefore1970NorFarAheadOfItsRecord(String time, String why) throws Exception {
        assertThat(Contract.time(tree("{\"timestamp\":1772453400000}"), NOON)).isEqualTo(1_772_453_400_000L);
        breaks(() -> Contract.time(tree("{\"timestamp\":" + time + "}"), NOON), why);
    }

    @Test
    void anEventIsNeitherTooLargeNorTooDeep() {
        assertThatCode(() -> Contract.requireSize(new byte[256 * 1024])).doesNotThrowAnyException();
        breaks(() -> Contract.requireSize(new byte[256 * 1024 + 1]), "it is too large");
        assertThatCode(() -> Contract.requireSize(bytes("[".repeat(32)))).doesNotThrowAnyException();
        breaks(() -> Contract.requireSize(bytes("[".repeat(33))), "it is too deep");
    }

    @Test
    void bracketsInATextNestNothing() {
        String text = "\"\\\"" + "[".repeat(100) + "\"";

        assertThatCode(() -> Contract.requireSize(bytes(text))).doesNotThrowAnyException();
        breaks(() -> Contract.requireSize(bytes(text + "[".repeat(33))), "it is too deep");
    }

    private static void breaks(ThrowingCallable check, String why) {
        assertThatThrownBy(check).isInstanceOf(Contract.Breach.class).hasMessageStartingWith(why);
    }

    private static JsonNode action(String type, String fields) throws IOException {
        return tree("{\"userId\":\"u\",\"type\":\"" + type + "\"," + fields + "}");
    }

    private static JsonNode tree(String json) throws IOException {
        return JSON.readTree(json);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
