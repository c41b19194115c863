package io.millrace.shop.check;

import static io.millrace.shop.check.Samples.found;
import static io.millrace.shop.check.Samples.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final String ANN = "{\"id\":1,\"name\":\"Ann\"}";
    private static final String BOB = "{\"id\":2,\"name\":\"Bob\"}";

    @Test
    void acceptsEqualRows() {
        CheckResult result = compare(rows(ANN, BOB), found(BOB, ANN));
        assertThat(result.isOk()).isTrue();
        assertThat(result.line()).isEqualTo("OK elasticsearch.users rows=2 differ=0");
    }

    @Test
    void namesTheRowAndBothSidesOfAChangedValue() {
        CheckResult result = compare(rows(ANN, BOB), found(ANN, "{\"id\":2,\"name\":\"Eve\"}"));
        assertThat(result.line()).isEqualTo("FAILED elasticsearch.users rows=2 differ=1");
        assertThat(result.first()).containsExactly(new Difference("users", "id=2", "name", "\"Bob\"", "\"Eve\""));
        assertThat(result.report()).isEqualTo(result.line() + "\n  users id=2 name: expected \"Bob\", found \"Eve\"");
    }

    @Test
    void namesARowThatIsMissingAndOneTooMany() {
        CheckResult result = compare(rows(ANN), found(BOB));
        assertThat(result.differ()).isEqualTo(2);
        assertThat(result.first())
                .containsExactly(
                        new Difference("users", "id=1", "*", "a row", "nothing"),
                        new Difference("users", "id=2", "*", "nothing", "a row"));
    }

    @Test
    void refusesAFieldThatIsMissingAndOneTooMany() {
        CheckResult result = compare(rows(ANN), found("{\"id\":1,\"alias\":\"Ann\",\"more\":0}"));
        assertThat(result.differ()).isEqualTo(1);
        assertThat(result.first()).extracting(Difference::column).containsExactly("name", "alias", "more");
    }

    @Test
    void tellsNullFromEmptyAndFromAbsent() {
        assertThat(compare(rows("{\"id\":1,\"name\":null}"), found("{\"id\":1,\"name\":null}"))
                        .isOk())
                .isTrue();
        assertThat(compare(rows("{\"id\":1,\"name\":null}"), found("{\"id\":1,\"name\":\"\"}"))
                        .isOk())
                .isFalse();
        assertThat(compare(rows("{\"id\":1,\"name\":null}"), found("{\"id\":1}"))
                        .isOk())
                .isFalse();
    }

    @Test
    void refusesAValueInAnotherRepresentation() {
        CheckResult result = compare(rows(ANN), found("{\"id\":\"1\",\"name\":\"Ann\"}"));
        assertThat(result.first().get(0).found()).isEqualTo("\"1\" (it is not a number)");
    }

    @Test
    void shortensALongValueButTellsItFromAnother() {
        String one = "x".repeat(500) + "a";
        String other = "x".repeat(500) + "b";
        CheckResult result =
                compare(rows("{\"id\":1,\"name\":\"" + one + "\"}"), found("{\"id\":1,\"name\":\"" + other + "\"}"));
        Difference difference = result.first().get(0);
        assertThat(difference.expected()).hasSizeLessThan(140).contains("503 characters");
        assertThat(difference.expected()).isNotEqualTo(difference.found());
    }

    @Test
    void keepsOnlyTheFirstDifferencesAndCountsAll() {
        String[] many = new String[30];
        for (int i = 0; i < many.length; i++) {
            many[i] = "{\"id\":" + (i + 10) + ",\"name\":\"n\"}";
        }
        CheckResult result = compare(rows(many), Map.of());
        assertThat(result.differ()).isEqualTo(30);
        assertThat(result.first()).hasSize(CheckResult.SHOWN);
    }

    @Test
    void countsARowOnceHoweverMuchOfItDiffers() {
        Comparison comparison = new Comparison(Samples.USERS, Representation.DOCUMENT);
        RowKey key = new RowKey(List.of("id=1"));
        comparison.differs(key, "name", "a", "b");
        comparison.differs(key, "_version", 1, 2);
        assertThat(comparison.result("elasticsearch.users", 1).differ()).isEqualTo(1);
    }

    private static CheckResult compare(Map<RowKey, JsonNode> expected, Map<RowKey, FoundRow> found) {
        Comparison comparison = new Comparison(Samples.USERS, Representation.DOCUMENT);
        comparison.compare(expected, found);
        return comparison.result("elasticsearch.users", expected.size());
    }
}
