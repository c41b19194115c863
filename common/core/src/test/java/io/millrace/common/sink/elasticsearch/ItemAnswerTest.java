package io.millrace.common.sink.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.sink.elasticsearch.ItemAnswer.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemAnswerTest {

    @ParameterizedTest
    @CsvSource({
        "200, , WRITTEN",
        "201, , WRITTEN",
        "404, , WRITTEN",
        "409, version_conflict_engine_exception, STALE",
        "400, mapper_parsing_exception, REFUSED",
        "400, strict_dynamic_mapping_exception, REFUSED",
        "413, too_long, REFUSED",
        "429, es_rejected_execution_exception, TRANSIENT",
        "429, cluster_block_exception, TRANSIENT",
        "503, unavailable_shards_exception, TRANSIENT",
        "500, some_io_exception, TRANSIENT",
        "401, security_exception, FATAL",
        "403, cluster_block_exception, FATAL",
        "404, index_not_found_exception, FATAL",
        "400, index_closed_exception, FATAL"
    })
    void tellsWhatAnAnswerMeans(int status, String type, Verdict verdict) {
        assertThat(new ItemAnswer(status, type, null).verdict()).isEqualTo(verdict);
    }

    /** The flood stage of a disk passes; a block that somebody has put there does not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            429 | TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block | TRANSIENT
            429 | TOO_MANY_REQUESTS/12/index read-only / allow delete (api)                                              | TRANSIENT
            403 | FORBIDDEN/12/index read-only / allow delete (api)                                                      | TRANSIENT
            403 | FORBIDDEN/8/index write (api)                                                                          | FATAL
            403 | FORBIDDEN/5/index read-only (api)                                                                      | FATAL
            """)
    void waitsForAnIndexWhoseDiskIsFull(int status, String block, Verdict verdict) {
        ItemAnswer answer =
                new ItemAnswer(status, "cluster_block_exception", "index [users] blocked by: [" + block + "];");

        assertThat(answer.verdict()).isEqualTo(verdict);
    }

    @Test
    void takesAnAliasWithoutAWriteIndexForAMisconfiguration() {
        ItemAnswer answer = new ItemAnswer(
                400, "illegal_argument_exception", "no write index is defined for alias [users]. The write ...");

        assertThat(answer.verdict()).isEqualTo(Verdict.FATAL);
    }

    @Test
    void leavesOutWhatQuotesTheDocument() {
        assertThat(ItemAnswer.withoutPayload("failed to parse field [age] of type [long] in document with id '1'."
                        + " Preview of field's value: 'secret'"))
                .isEqualTo("failed to parse field [age] of type [long] in document with id '1'.");
        assertThat(ItemAnswer.withoutPayload("Duplicate field 'a'\n at [Source: (byte[])\"secret\"; line: 1]"))
                .doesNotContain("secret");
        assertThat(ItemAnswer.withoutPayload("For input string: \"secret\"")).isEmpty();
        assertThat(ItemAnswer.withoutPayload("x".repeat(5000))).hasSize(1000);
        assertThat(ItemAnswer.withoutPayload(null)).isNull();
    }

    @Test
    void readsTheAnswerToEveryItem() throws IOException {
        String body =
                "{\"items\":[{\"index\":{\"status\":201}},{\"delete\":{\"status\":404}},{\"index\":{\"status\":400,"
                        + "\"error\":{\"type\":\"mapper_parsing_exception\",\"reason\":\"no\"}}}]}";

        assertThat(BulkAnswer.items(new ByteArrayInputStream(body.getBytes(UTF_8)), 3))
                .containsExactly(
                        new ItemAnswer(201, null, null),
                        new ItemAnswer(404, null, null),
                        new ItemAnswer(400, "mapper_parsing_exception", "no"));
    }

    @Test
    void doesNotTrustAnAnswerWithAnotherNumberOfItems() {
        byte[] body = "{\"items\":[{\"index\":{\"status\":201}}]}".getBytes(UTF_8);

        assertThatThrownBy(() -> BulkAnswer.items(new ByteArrayInputStream(body), 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 items of a bulk of 2");
    }

    @Test
    void readsAnErrorThatIsNoJson() {
        byte[] page = "<html>Bad gateway</html>".getBytes(UTF_8);

        assertThat(BulkAnswer.error(502, new ByteArrayInputStream(page)))
                .isEqualTo(new ItemAnswer(502, "HTTP 502", null));
        assertThat(BulkAnswer.error(401, null)).isEqualTo(new ItemAnswer(401, "HTTP 401", null));
    }
}
