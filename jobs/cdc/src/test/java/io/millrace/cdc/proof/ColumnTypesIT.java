package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cdc.JobInProcess;
import io.millrace.cdc.proof.TypesPage.Line;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every type of Postgres in every target, as docs/column-types.md says. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class ColumnTypesIT {

    private static final String TABLE = "every";

    private final LocalServers servers;

    ColumnTypesIT(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void aValueAppearsAsItsPageSaysAndANullAsNullFromSnapshotAndStream() throws Exception {
        TypesPage page = TypesPage.read();
        assertThat(page.lines()).hasSizeGreaterThan(50);
        try (CdcPipeline pipeline = CdcPipeline.openAll("types", servers);
                TargetRows rows = new TargetRows(servers, pipeline.names(), TABLE)) {
            pipeline.execute(page.setUp());
            pipeline.execute(table(page.lines()));

            capture(
                    pipeline,
                    insert(1, page.lines()) + "; INSERT INTO every (id) VALUES (2)",
                    insert(3, page.lines()) + "; INSERT INTO every (id) VALUES (4)",
                    2);
            sync(pipeline, rows, page.lines());

            SoftAssertions all = new SoftAssertions();
            for (int id = 1; id <= 3; id += 2) {
                compare(all, page.lines(), Line::topic, topic(pipeline, id), "topic");
                compare(all, page.lines(), Line::document, rows.document(id), "Elasticsearch");
                compare(all, page.lines(), Line::cached, rows.cached(id), "Redis");
                compare(all, page.lines(), Line::clickhouse, warehoused(rows, page.lines(), id), "ClickHouse");
            }
            for (int id = 2; id <= 4; id += 2) {
                compare(all, page.lines(), line -> "null", topic(pipeline, id), "topic");
                compare(all, page.lines(), line -> "null", rows.document(id), "Elasticsearch");
                compare(all, page.lines(), line -> "null", rows.cached(id), "Redis");
                compare(
                        all,
                        page.lines(),
                        line -> line.clickhouseType().startsWith("Array") ? "[]" : "null",
                        warehoused(rows, page.lines(), id),
                        "ClickHouse");
            }
            compareTypes(all, pipeline, rows, page.lines());
            compareModel(all, pipeline, page);
            all.assertAll();
        }
    }

    @Test
    void aGeneratedColumnIsThereIfItIsStored() throws Exception {
        assertGenerated("generated", "", "{\"id\": %d, \"a\": 10, \"twice\": 20}");
    }

    /** Nor does a snapshot bring what the stream would not. */
    @Test
    void aGeneratedColumnIsNotThereIfTheOwnersPublicationDoesNotSendIt() throws Exception {
        assertGenerated("ungenerated", "CREATE PUBLICATION proof_ungenerated", "{\"id\": %d, \"a\": 10}");
    }

    private void assertGenerated(String name, String publication, String expected) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open(name, servers)) {
            pipeline.execute("CREATE TABLE every (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a integer,"
                    + " half integer GENERATED ALWAYS AS (a / 2) VIRTUAL,"
                    + " twice integer GENERATED ALWAYS AS (a * 2) STORED)");
            pipeline.execute(publication);

            capture(pipeline, "INSERT INTO every (a) VALUES (10)", "INSERT INTO every (a) VALUES (10)", 1);

            for (int id = 1; id <= 2; id++) {
                assertThat(topic(pipeline, id)).isEqualTo(TargetRows.JSON.readTree(expected.formatted(id)));
            }
        }
    }

    /** Lets some rows be read by a snapshot and as many by the stream. */
    private static void capture(CdcPipeline pipeline, String before, String during, int rows) throws Exception {
        String topic = pipeline.names().topic(TABLE);
        pipeline.topics().createCompacted(topic, 1);
        pipeline.execute(before);
        try (JobInProcess capture = pipeline.captureHere(List.of(TABLE))) {
            pipeline.topics().awaitAtLeast(rows, topic);
            pipeline.execute(during);
            pipeline.topics().awaitAtLeast(2 * rows, topic);
        }
    }

    private static void sync(CdcPipeline pipeline, TargetRows rows, List<Line> lines) throws Exception {
        String topic = pipeline.names().topic(TABLE);
        try (JobInProcess sync = pipeline.syncHere(List.of(topic), rows.route(chosenTypes(lines)))) {
            pipeline.awaitDrained(sync, List.of(topic));
        }
        assertThat(pipeline.topics().read(pipeline.names().deadLetters()))
                .extracting(letter -> new String(
                        letter.headers().lastHeader("dlq-error-message").value(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    private static String chosenTypes(List<Line> lines) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).isChosen())
                .mapToObj(i -> column(i) + ": \"" + "Nullable(String)" + "\"")
                .collect(Collectors.joining(", "));
    }

    private static void compare(
            SoftAssertions all, List<Line> lines, Function<Line, String> cell, JsonNode row, String where)
            throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            all.assertThat(row.path(column(i)))
                    .as("%s %s in %s, row %s", line.type(), line.value(), where, row.path("id"))
                    .isEqualTo(TargetRows.JSON.readTree(cell.apply(line)));
        }
    }

    private static String table(List<Line> lines) {
        StringBuilder sql = new StringBuilder("CREATE TABLE every (id integer PRIMARY KEY");
        for (int i = 0; i < lines.size(); i++) {
            sql.append(", ").append(column(i)).append(' ').append(lines.get(i).type());
        }
        return sql.append(')').toString();
    }

    private static String insert(int id, List<Line> lines) {
        StringBuilder sql = new StringBuilder("INSERT INTO every VALUES (" + id);
        lines.forEach(line -> sql.append(", ").append(line.value()));
        return sql.append(')').toString();
    }

    private static String column(int index) {
        return "c" + index;
    }

    private static JsonNode topic(CdcPipeline pipeline, int id) throws IOException {
        return TargetRows.JSON
                .readTree(pipeline.topics()
                        .read(pipeline.names().topic(TABLE))
                        .get(id - 1)
                        .value())
                .at("/payload/after");
    }

    /** Bytes are no text that JSON could hold. */
    private static JsonNode warehoused(TargetRows rows, List<Line> lines, int id) throws Exception {
        String columns = IntStream.range(0, lines.size())
                .mapToObj(
                        i -> lines.get(i).type().equals("bytea") ? "hex(" + column(i) + ") AS " + column(i) : column(i))
                .collect(Collectors.joining(", "));
        return rows.warehoused("id, " + columns, id);
    }

    private static void compareTypes(SoftAssertions all, CdcPipeline pipeline, TargetRows rows, List<Line> lines)
            throws Exception {
        List<String> types = rows.clickhouse("SELECT type FROM system.columns WHERE database = '"
                        + pipeline.names().warehouse() + "' AND table = '" + TABLE
                        + "' AND name LIKE 'c%' ORDER BY position")
                .lines()
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            String wanted = lines.get(i).clickhouseType().replace("*", "");
            all.assertThat(plain(types.get(i)))
                    .as("%s %s in ClickHouse", lines.get(i).type(), lines.get(i).value())
                    .isEqualTo(wanted);
        }
    }

    /** The copy prints as the source does, and has the source's type but where the page says another one. */
    private static void compareModel(SoftAssertions all, CdcPipeline pipeline, TypesPage page) throws Exception {
        List<String> columns = IntStream.range(0, page.lines().size())
                .mapToObj(ColumnTypesIT::column)
                .toList();
        PrintedRows source = new PrintedRows(pipeline.database(), "public." + TABLE, columns);
        PrintedRows copy =
                new PrintedRows(pipeline.admin(), pipeline.names().readModel() + "." + TABLE + "_current", columns);
        for (int id = 1; id <= 4; id++) {
            List<String> wanted = source.values("id = " + id);
            List<String> found = copy.values("id = " + id);
            for (int i = 0; i < columns.size(); i++) {
                all.assertThat(found.get(i))
                        .as("%s in Postgres, row %d", page.lines().get(i), id)
                        .isEqualTo(wanted.get(i));
            }
        }
        List<String> wanted = source.types();
        List<String> found = copy.types();
        for (int i = 0; i < columns.size(); i++) {
            Line line = page.lines().get(i);
            all.assertThat(found.get(i))
                    .as("%s in Postgres", line.type())
                    .isEqualTo(page.modelled().getOrDefault(line.type(), wanted.get(i)));
        }
    }

    /** The page leaves out that a column can hold null. */
    private static String plain(String type) {
        return type.replaceFirst("^Nullable\\((.*)\\)$", "$1")
                .replaceFirst("^LowCardinality\\(Nullable\\(String\\)\\)$", "LowCardinality(String)")
                .replaceFirst("^Array\\(Nullable\\((.*)\\)\\)$", "Array($1)")
                .replace("\\'", "'");
    }
}
