package io.millrace.common.sink.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowChange;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@WithServers(Server.ELASTICSEARCH)
class ElasticsearchTargetIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    Path letters;

    private final String index = "users-" + UUID.randomUUID();
    private String url;
    private SearchServer server;

    @BeforeEach
    void connect(Addresses addresses) {
        url = addresses.elasticsearchUrl();
        server = new SearchServer(url);
    }

    private ElasticsearchJob job() throws Exception {
        return new ElasticsearchJob(url, index, null, letters).prepared();
    }

    private static RowChange row(long version, long id) {
        return Changes.row(version, id, "{\"id\":" + id + ",\"v\":" + version + "}");
    }

    /** The control is an index that nobody prepared: each new name becomes a field, until there are too many. */
    @Test
    void tenThousandNamesMakeNoField() throws Exception {
        String row = IntStream.range(0, 10_000)
                .mapToObj(name -> "\"name" + name + "\":" + name)
                .collect(Collectors.joining(",", "{\"id\":1,", "}"));
        ElasticsearchJob job = job();

        job.write(List.of(Changes.row(1, 1, row)));

        assertThat(server.documents(index).get("1").source().path("name9999").asInt())
                .isEqualTo(9_999);
        assertThat(server.properties(index)).isEmpty();
        assertThat(job.letters.read()).isEmpty();
        assertThat(server.send("PUT", "/unprepared-" + index + "/_doc/1", row).toString())
                .contains("Limit of total fields");
    }

    @Test
    void writesUpdatesAndDeletesDocuments() throws Exception {
        ElasticsearchJob job = job();

        job.write(List.of(row(1, 1), row(2, 2), row(3, 3)));
        job.write(List.of(row(4, 2), Changes.delete(5, 3), Changes.delete(6, 4)));

        Map<String, SearchServer.Found> documents = server.documents(index);
        assertThat(documents).containsOnlyKeys("1", "2");
        assertThat(documents.get("1").version()).isEqualTo(1);
        assertThat(documents.get("2").version()).isEqualTo(4);
        assertThat(documents.get("2").source()).hasToString("{\"id\":2,\"v\":4}");
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void refusesAnOlderWriteEvenAfterADelete() throws Exception {
        ElasticsearchJob job = job();

        job.write(List.of(row(10, 1), row(Long.MAX_VALUE, 2), Changes.delete(10, 3)));
        job.write(List.of(row(9, 1), Changes.delete(9, 1), row(9, 2), row(9, 3)));
        job.write(List.of(row(10, 1)));

        assertThat(server.documents(index)).containsOnlyKeys("1", "2");
        assertThat(server.documents(index).get("1").version()).isEqualTo(10);
        assertThat(server.documents(index).get("2").version()).isEqualTo(Long.MAX_VALUE);
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void convergesWhateverTheOrderAndHoweverOftenAChangeArrives() throws Exception {
        Random random = new Random(11);
        List<RowChange> changes = history(random);
        Map<String, Long> expected = lastVersions(changes);
        changes.addAll(changes.subList(0, 500));
        Collections.shuffle(changes, random);
        ElasticsearchJob job = job();

        job.write(changes);

        assertThat(versions()).isEqualTo(expected);
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void wouldNotConvergeWithoutVersions() throws Exception {
        Random random = new Random(11);
        List<RowChange> changes = history(random);
        Map<String, Long> expected = lastVersions(changes);
        Collections.shuffle(changes, random);

        job().writeWithoutVersions(changes);

        assertThat(versions()).isNotEqualTo(expected);
    }

    private static List<RowChange> history(Random random) {
        List<RowChange> changes = new ArrayList<>();
        for (long version = 1; version <= 3000; version++) {
            long id = random.nextInt(60);
            changes.add(random.nextInt(4) == 0 ? Changes.delete(version, id) : row(version, id));
        }
        return changes;
    }

    private static Map<String, Long> lastVersions(List<RowChange> changes) {
        Map<String, Long> versions = new HashMap<>();
        for (RowChange change : changes) {
            String id = new String(change.key(), UTF_8).replaceAll("\\D", "");
            if (change.isDelete()) {
                versions.remove(id);
            } else {
                versions.put(id, change.version());
            }
        }
        return versions;
    }

    /** Returns the versions that the documents themselves tell. */
    private Map<String, Long> versions() {
        Map<String, Long> versions = new HashMap<>();
        server.documents(index)
                .forEach(
                        (id, found) -> versions.put(id, found.source().path("v").asLong()));
        return versions;
    }

    @Test
    void putsOneRefusedDocumentAsideAndWritesTheRestOfItsBatch() throws Exception {
        ElasticsearchJob job = new ElasticsearchJob(url, index, "{\"age\":{\"type\":\"integer\"}}", letters).prepared();
        List<RowChange> changes = new ArrayList<>();
        for (int id = 0; id < 150; id++) {
            String age = id == 77 ? "\"secret\"" : String.valueOf(id);
            changes.add(Changes.row(id, id, "{\"id\":" + id + ",\"age\":" + age + "}"));
        }

        job.write(changes);

        assertThat(server.documents(index)).hasSize(149).doesNotContainKey("77");
        assertThat(job.letters.read())
                .singleElement()
                .satisfies(letter -> assertThat(letter)
                        .startsWith("77 elasticsearch." + index
                                + " mapper_parsing_exception 400 failed to parse field [age]")
                        .doesNotContain("secret"));
    }

    @Test
    void keepsHostileKeysAndValuesAsTheyAre() throws Exception {
        List<String> hostile = List.of(
                "a\r\n{\"delete\":{}}",
                "nul\u0000nul",
                "\"; DROP INDEX",
                "../../_all",
                "Zoë \ud83d\ude00 \u2028",
                "a|b",
                "\\e",
                "",
                "x".repeat(600),
                "%7C?q=*#");
        ObjectMapper json = new ObjectMapper();
        List<RowChange> changes = new ArrayList<>();
        for (String value : hostile) {
            String row = json.writeValueAsString(Map.of("id", value));
            changes.add(Changes.row(1, row, row, null));
        }

        ElasticsearchJob job = job();
        job.write(changes);

        Map<String, SearchServer.Found> documents = server.documents(index);
        assertThat(documents.values())
                .extracting(found -> found.source().path("id").asText())
                .containsExactlyInAnyOrderElementsOf(hostile);
        assertThat(documents).containsKeys("a\r\n{\"delete\":{}}", "nul\u0000nul", "../../_all", "\\e", "\\\\e");
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void failsLoudlyWithoutTheAlias() {
        ElasticsearchJob unprepared = new ElasticsearchJob(url, index, null, letters);

        assertThatThrownBy(() -> unprepared.write(List.of(row(1, 1), Changes.delete(2, 2))))
                .rootCause()
                .hasMessageContaining("has no alias \"" + index + "\"")
                .hasMessageContaining("Submit the job again");
        JsonNode gone = server.get("/" + index);
        assertThat(gone.path("status").asInt()).isEqualTo(404);
    }
}
