package io.millrace.cli.deadletter;

import static io.millrace.cli.deadletter.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LetterListingTest {
    private static final Letter OLD = Letters.letter(1, 5, NOON, "cdc-sync", "parse", "java.io.IOException");
    private static final Letter NEWER =
            Letters.letter(0, 7, NOON.plusSeconds(1), "cdc-sync", "elasticsearch.users", "mapper_parsing_exception");
    private static final Letter NEWEST =
            Letters.letter(2, 1, NOON.plusSeconds(2), "cdc-sync", "elasticsearch.users", "mapper_parsing_exception");

    @Test
    void countsEachKindAndListsTheNewest() {
        LetterDigest digest = digest(2, NEWEST, OLD, NEWER);
        StringWriter text = new StringWriter();
        LetterListing.print(digest, new PrintWriter(text));
        assertThat(text.toString().lines())
                .containsExactly(
                        "COUNT  PIPELINE  STAGE                ERROR                     FIRST                 LAST",
                        "2      cdc-sync  elasticsearch.users  mapper_parsing_exception  2026-11-24T12:00:01Z  2026-11-24T12:00:02Z",
                        "1      cdc-sync  parse                java.io.IOException       2026-11-24T12:00:00Z  2026-11-24T12:00:00Z",
                        "",
                        "LETTER  TIME                  PIPELINE  STAGE                SOURCE                                     BYTES  ERROR",
                        "0:7     2026-11-24T12:00:01Z  cdc-sync  elasticsearch.users  dbserver1.public.users/2@9007199254740993  8      mapper_parsing_exception: field [age] refused",
                        "2:1     2026-11-24T12:00:02Z  cdc-sync  elasticsearch.users  dbserver1.public.users/2@9007199254740993  8      mapper_parsing_exception: field [age] refused",
                        "the newest 2 of 3; --limit shows more");
    }

    @Test
    void saysThatThereAreNone() {
        StringWriter text = new StringWriter();
        LetterListing.print(new LetterDigest(5), new PrintWriter(text));
        assertThat(text.toString().strip()).isEqualTo("no dead letters");
    }

    @Test
    void aLimitOfNoneOnlyCounts() {
        LetterDigest digest = digest(0, OLD, NEWER);
        assertThat(digest.letters()).isEmpty();
        assertThat(digest.count()).isEqualTo(2);
    }

    @Test
    void aHostileHeaderIsEscaped() {
        Letter hostile = Letters.letter(0, 0, NOON, "\u001b[2J", "a\nb", "x.\u202eError");
        StringWriter text = new StringWriter();
        LetterListing.print(digest(1, hostile), new PrintWriter(text));
        assertThat(text.toString())
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .contains("\\u001b[2J", "a\\u000ab");
    }

    @Test
    void jsonHasAStableShapeAndLargeNumbersAsText() throws IOException {
        StringWriter text = new StringWriter();
        LetterListing.printJson("dead-letter-queue", digest(1, OLD, NEWER), new PrintWriter(text));
        JsonNode json = new ObjectMapper().readTree(text.toString());
        assertThat(json.path("topic").asText()).isEqualTo("dead-letter-queue");
        assertThat(json.path("count").asLong()).isEqualTo(2);
        assertThat(json.path("groups")).hasSize(2);
        assertThat(json.path("groups").get(1).path("errorClass").asText()).isEqualTo("java.io.IOException");
        JsonNode letter = json.path("letters").get(0);
        assertThat(letter.path("partition").isInt()).isTrue();
        assertThat(letter.path("offset").asLong()).isEqualTo(7);
        assertThat(letter.path("sourceOffset").textValue()).isEqualTo("9007199254740993");
        assertThat(letter.path("version").textValue()).isEqualTo("36028797018963968");
        assertThat(letter.path("overflow").isNull()).isTrue();
    }

    private static LetterDigest digest(int limit, Letter... letters) {
        LetterDigest digest = new LetterDigest(limit);
        for (Letter letter : letters) {
            digest.add(letter);
        }
        return digest;
    }
}
