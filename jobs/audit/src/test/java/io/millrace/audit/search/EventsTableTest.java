package io.millrace.audit.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.audit.chain.Step;
import io.millrace.common.event.RowChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

/** Rows of the searchable copy hold the fields of a record and its place, and nothing that the archive encrypts. */
class EventsTableTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Chain CHAIN = new Chain(new ChainId("test", "audit-logs", 3));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Entry entry(Fields fields) {
        Content content = new Content(bytes("the key"), bytes("the headers"), bytes("the value"));
        return CHAIN.entry(1L << 60, 1_772_452_800_123L, content, fields, CHAIN.genesis());
    }

    private static List<RowChange> rows(Step step) {
        List<RowChange> rows = new ArrayList<>();
        new ToRows().flatMap(step, new ListCollector<>(rows));
        return rows;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aRecordIsARowWithItsPlaceInTheArchive() throws IOException {
        Fields fields =
                new Fields(Kind.EVENT, -5L, "e-1", "READ", "~eAQ", "support-7", "doc \"1\"", "{\"ip\":\"~eAR\"}");

        RowChange row = rows(Step.record(3, MONDAY, entry(fields))).get(0);

        assertThat(JSON.readTree(row.after())).isEqualTo(JSON.readTree("""
                {"timestamp":1772452800123,"partition":3,"offset":1152921504606846976,"dt":"2026-03-02","kind":"event",
                 "event_time":-5,"event_id":"e-1","event_type":"READ","user_id":"~eAQ","accessed_by":"support-7",
                 "resource_id":"doc \\"1\\"","metadata":"{\\"ip\\":\\"~eAR\\"}"}"""));
        assertThat(JSON.readTree(row.key()))
                .isEqualTo(
                        JSON.readTree("{\"timestamp\":1772452800123,\"partition\":3,\"offset\":1152921504606846976}"));
        assertThat(new String(row.after(), StandardCharsets.UTF_8))
                .doesNotContain("the key", "the headers", "the value");
    }

    /** A record that is no event, or was erased, is found by its place, with nothing about it. */
    @Test
    void whatHasNoFieldsIsARowAllTheSame() throws IOException {
        for (Kind kind : List.of(Kind.MALFORMED, Kind.ERASED)) {
            JsonNode row = JSON.readTree(rows(Step.record(3, MONDAY, entry(Fields.none(kind))))
                    .get(0)
                    .after());

            assertThat(row.path("kind").asText()).isEqualTo(kind.text());
            assertThat(row.path("offset").asLong()).isEqualTo(1L << 60);
            for (String field : List.of(
                    "event_time", "event_id", "event_type", "user_id", "accessed_by", "resource_id", "metadata")) {
                assertThat(row.has(field)).isTrue();
                assertThat(row.get(field).isNull()).as(field).isTrue();
            }
        }
    }

    @Test
    void theEndOfADayIsNoRow() {
        assertThat(rows(Step.endOf(3, MONDAY))).isEmpty();
    }

    /** A replay writes the same row again, and no other. */
    @Test
    void aRecordIsTheSameRowHoweverOftenItIsRead() {
        Entry entry = entry(Fields.none(Kind.EVENT));
        RowChange one = rows(Step.record(3, MONDAY, entry)).get(0);
        RowChange two = rows(Step.record(3, MONDAY, entry)).get(0);

        assertThat(two.key()).isEqualTo(one.key());
        assertThat(two.after()).isEqualTo(one.after());
        assertThat(two.version()).isEqualTo(one.version());
        assertThat(two.isDelete()).isFalse();
    }

    /** What the row has, its schema tells and the route types: a column that one of them forgets is never written. */
    @Test
    void rowSchemaAndRouteHaveTheSameColumns() throws IOException {
        RowChange row =
                rows(Step.record(3, MONDAY, entry(Fields.none(Kind.EVENT)))).get(0);
        Set<String> schema = new HashSet<>();
        JSON.readTree(row.schema().value())
                .path("fields")
                .path(0)
                .path("fields")
                .forEach(field -> schema.add(field.path("field").asText()));

        assertThat(names(JSON.readTree(row.after()))).isEqualTo(schema);
        assertThat(EventsTable.route().types().keySet()).isEqualTo(schema);
    }
}
