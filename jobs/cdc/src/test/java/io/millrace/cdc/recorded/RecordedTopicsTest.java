package io.millrace.cdc.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Generations;
import io.millrace.common.replay.Version;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ColumnKind;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.DecimalForm;
import io.millrace.common.serde.DocumentWriter;
import io.millrace.common.serde.debezium.ChangeVersions;
import io.millrace.common.serde.debezium.DebeziumJson;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.debezium.Parsed;
import io.millrace.common.serde.debezium.Parsed.Reason;
import io.millrace.common.serde.declared.DecimalHandling;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.serde.declared.Dialect;
import io.millrace.common.serde.declared.TimePrecision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Debezium's engines wrote about one database says the same in every dress. */
class RecordedTopicsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DocumentWriter documents = new DocumentWriter(DecimalForm.NUMBER);

    /** What reading a recording gives. */
    private record Read(List<RowChange> changes, Map<Reason, Integer> skipped, List<String> refused) {}

    static List<RecordedTopics> recordings() throws Exception {
        return RecordedTopics.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyChangeIsReadAndNothingElseIsOne(RecordedTopics recording) throws Exception {
        Read read = read(recording, recording.dialect());

        Map<String, List<String>> operations = new TreeMap<>();
        for (RowChange change : read.changes()) {
            operations
                    .computeIfAbsent(change.table(), table -> new ArrayList<>())
                    .add(change.operation().code() + key(change));
        }
        assertThat(operations)
                .containsOnlyKeys("public.kinds", "public.notes", "public.bookings", "public.whole", "public.emptied")
                .containsEntry(
                        "public.kinds",
                        List.of(
                                "r{\"id\":1}",
                                "r{\"id\":2}",
                                "c{\"id\":3}",
                                "u{\"id\":2}",
                                "d{\"id\":1}",
                                "d{\"id\":1}"))
                .containsEntry(
                        "public.notes",
                        List.of(
                                "r{\"id\":1}",
                                "r{\"id\":2}",
                                "r{\"id\":5}",
                                "c{\"id\":3}",
                                "u{\"id\":3}",
                                "d{\"id\":1}",
                                "d{\"id\":1}",
                                "c{\"id\":30}",
                                "u{\"id\":5}",
                                "d{\"id\":5}",
                                "d{\"id\":5}",
                                "c{\"id\":5}",
                                "c{\"id\":99}"))
                .containsEntry(
                        "public.bookings",
                        List.of(
                                "r{\"day\":\"2024-02-29\",\"seat\":7}",
                                "c{\"day\":\"2024-03-01\",\"seat\":8}",
                                "d{\"day\":\"2024-02-29\",\"seat\":7}",
                                "d{\"day\":\"2024-02-29\",\"seat\":7}"))
                .containsEntry("public.whole", List.of("r{\"id\":1}", "u{\"id\":1}"))
                .containsEntry("public.emptied", List.of("r{\"id\":1}"));
        assertThat(read.refused()).singleElement().asString().contains("truncated");
        assertThat(read.skipped()).containsOnlyKeys(Reason.HEARTBEAT, Reason.TRANSACTION, Reason.LOGICAL_MESSAGE);
        assertThat(read.skipped().get(Reason.LOGICAL_MESSAGE)).isEqualTo(1);
        assertThat(read.skipped().get(Reason.TRANSACTION)).isGreaterThanOrEqualTo(26);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theNewestVersionOfEachRowIsTheDatabasesOwnWhateverTheOrder(RecordedTopics recording) throws Exception {
        List<RowChange> changes =
                new ArrayList<>(read(recording, recording.dialect()).changes());
        Map<String, Map<String, String>> expected = new RecordedRows(recording).all();

        assertThat(held(changes)).isEqualTo(expected);

        Collections.shuffle(changes, new Random(7));
        assertThat(held(changes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aVersionIsThePlaceInTheOrderOfCommits(RecordedTopics recording) throws Exception {
        Map<String, Long> deletes = new HashMap<>();
        for (RowChange change : read(recording, recording.dialect()).changes()) {
            String row = change.table() + key(change);
            if (change.source().block() == null) {
                assertThat(change.version()).as("tombstone of %s", row).isEqualTo(deletes.get(row));
            } else {
                assertThat(change.version()).as(row).isEqualTo(Version.of(3, place(change)));
            }
            if (change.isDelete()) {
                deletes.put(row, change.version());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void columnsAreOfTheKindThatTheyAreOfInPostgres(RecordedTopics recording) throws Exception {
        RowChange change = read(recording, recording.dialect()).changes().stream()
                .filter(one -> one.table().equals("public.kinds") && one.operation() == Operation.UPDATE)
                .findFirst()
                .orElseThrow();

        Map<String, ColumnKind> kinds = new LinkedHashMap<>();
        for (Column column : Columns.ofRow(change.schema()).all()) {
            kinds.put(column.name(), column.kind());
        }
        assertThat(kinds).isEqualTo(expectedKinds(recording));
        assertThat(Columns.ofKey(change.schema()).all())
                .extracting(Column::name, Column::kind)
                .containsExactly(tuple("id", ColumnKind.INTEGER));
    }

    /** The control: the bytes do not tell how values were written. */
    @ParameterizedTest
    @MethodSource("recordings")
    void withoutTheWritersModesRowsAreOthersOrNone(RecordedTopics recording) throws Exception {
        if (recording.wrapped()) {
            return;
        }
        boolean texts = recording.dialect().decimals() == DecimalHandling.STRING;
        Dialect wrong =
                Dialect.debezium(texts ? DecimalHandling.PRECISE : DecimalHandling.STRING, TimePrecision.NANOSECONDS);
        Map<String, Map<String, String>> held = held(read(recording, wrong).changes());

        assertThat(held.get("public.kinds"))
                .isNotEqualTo(new RecordedRows(recording).all().get("public.kinds"));
        assertThat(held.get("public.notes"))
                .isEqualTo(new RecordedRows(recording).all().get("public.notes"));
    }

    private static Map<String, ColumnKind> expectedKinds(RecordedTopics recording) {
        boolean wrapped = recording.wrapped();
        ColumnKind decimal = switch (recording.dialect().decimals()) {
            case PRECISE -> ColumnKind.DECIMAL;
            case STRING -> wrapped ? ColumnKind.TEXT : ColumnKind.DECIMAL;
            case DOUBLE -> ColumnKind.FLOAT;
        };
        boolean texts = recording.dialect().decimals() == DecimalHandling.STRING;
        Map<String, ColumnKind> kinds = new LinkedHashMap<>();
        List.of("id", "small", "whole", "grade").forEach(name -> kinds.put(name, ColumnKind.INTEGER));
        List.of("exact", "price", "share").forEach(name -> kinds.put(name, decimal));
        kinds.put("paid", texts && !wrapped ? ColumnKind.KEYWORD : decimal);
        List.of("ratio", "single").forEach(name -> kinds.put(name, ColumnKind.FLOAT));
        kinds.put("flag", ColumnKind.BOOLEAN);
        List.of("title", "code", "fixed").forEach(name -> kinds.put(name, ColumnKind.TEXT));
        kinds.put("born", ColumnKind.DATE);
        List.of("opens", "opens3").forEach(name -> kinds.put(name, ColumnKind.TIME));
        List.of("made", "made3").forEach(name -> kinds.put(name, ColumnKind.TIMESTAMP));
        kinds.put("seen", ColumnKind.TIMESTAMP_TZ);
        kinds.put("lasts", ColumnKind.INTEGER);
        kinds.put("ref", ColumnKind.KEYWORD);
        kinds.put("doc", ColumnKind.JSON);
        kinds.put("raw", ColumnKind.BYTES);
        kinds.put("feels", ColumnKind.KEYWORD);
        kinds.put("bits", wrapped ? ColumnKind.BYTES : ColumnKind.OTHER);
        List.of("tags", "counts", "prices", "days").forEach(name -> kinds.put(name, ColumnKind.ARRAY));
        kinds.put("host", wrapped ? ColumnKind.TEXT : ColumnKind.KEYWORD);
        return kinds;
    }

    private static Read read(RecordedTopics recording, Dialect dialect) {
        DeclaredTables declared = recording.wrapped()
                ? DeclaredTables.NONE
                : new DeclaredTables(RecordedTables.declared(), Set.of(), dialect);
        DebeziumJson parser = new DebeziumJson(JsonLimits.DEFAULT, new ChangeVersions(Generations.only(3)), declared);
        Read read = new Read(new ArrayList<>(), new EnumMap<>(Reason.class), new ArrayList<>());
        for (ConsumedRecord record : recording.records()) {
            try {
                Parsed parsed = parser.parse(record);
                if (parsed instanceof Parsed.Change change) {
                    read.changes().add(change.change());
                } else if (parsed instanceof Parsed.Skipped skipped) {
                    read.skipped().merge(skipped.reason(), 1, Integer::sum);
                }
            } catch (DataException e) {
                read.refused().add(e.getMessage());
            }
        }
        return read;
    }

    /** Keeps rows as a target does: the newest version of each, and none that cannot be written. */
    private Map<String, Map<String, String>> held(List<RowChange> changes) throws DataException {
        Map<String, Map<String, String>> tables = new HashMap<>();
        Map<String, Long> versions = new HashMap<>();
        for (RowChange change : changes) {
            Map<String, String> rows = tables.computeIfAbsent(change.table(), table -> new HashMap<>());
            byte[] row = change.after();
            String key;
            String document;
            try {
                key = key(change);
                document = row == null ? null : text(documents.write(row, Columns.ofRow(change.schema()), true));
            } catch (DataException e) {
                continue;
            }
            if (versions.getOrDefault(change.table() + key, -1L) <= change.version()) {
                versions.put(change.table() + key, change.version());
                rows.put(key, document);
            }
        }
        tables.values().forEach(rows -> rows.values().removeIf(document -> document == null));
        return tables;
    }

    private String key(RowChange change) throws DataException {
        return text(documents.write(change.key(), Columns.ofKey(change.schema()), false));
    }

    private static long place(RowChange change) throws Exception {
        JsonNode source = JSON.readTree(change.source().block());
        JsonNode lastCommit = JSON.readTree(source.path("sequence").asText()).path(0);
        return Math.max(source.path("lsn").asLong(), lastCommit.isNull() ? 0 : lastCommit.asLong() + 1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
