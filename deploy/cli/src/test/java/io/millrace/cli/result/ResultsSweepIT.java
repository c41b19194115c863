package io.millrace.cli.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.ClickHouse;
import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.CLICKHOUSE)
class ResultsSweepIT {

    /** Young enough for ClickHouse to keep it. */
    private final Instant beginning = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(2, ChronoUnit.DAYS);

    private final String current = "SELECT toUnixTimestamp(window_start) - " + beginning.getEpochSecond()
            + ", term, searches FROM millrace.search_terms_5min_current ORDER BY ALL";

    private static final long REPLAYED = 1L << 55 | 1;

    private final String url;
    private final ClickHouse server;

    ResultsSweepIT(Addresses addresses) {
        url = addresses.clickhouseUrl();
        server = ClickHouse.local(url);
    }

    /** Windows of 300 s: the replay begins in that of 300, and has come to that of 1200. */
    @BeforeEach
    void replay() throws IOException {
        server.query("DROP DATABASE IF EXISTS millrace");
        assertThat(CommandLineRun.ofProject("migrate", "--clickhouse", url).code())
                .isZero();
        term(0, "before the replay", 1);
        term(300, "begun before it", 1);
        term(600, "both", 1);
        term(600, "displaced", 1);
        term(900, "of a window that has none now", 1);
        term(1200, "not told yet", 1);
        term(300, "begun before it", REPLAYED);
        term(600, "both", REPLAYED);
        term(1200, "told", REPLAYED);
    }

    @Test
    void deletesWhatOnlyTheEarlierGenerationHad() throws IOException {
        String before = server.query(current);

        CommandLineRun preview = sweep("--generation", "1");
        assertThat(preview.err()).isEmpty();
        assertThat(preview.out())
                .contains("search_terms_5min     2          " + at(600) + " to " + at(1200))
                .contains("sessions              0          no row of generation 1")
                .contains("--yes deletes them");
        assertThat(server.query(current)).as("a preview").isEqualTo(before).contains("displaced");

        assertThat(sweep("--generation", "1", "--yes").out())
                .contains("DELETED")
                .doesNotContain("--yes");
        assertThat(server.query(current)).isEqualTo("""
                        0\tbefore the replay\t1
                        300\tbegun before it\t1
                        600\tboth\t1
                        1200\tnot told yet\t1
                        1200\ttold\t1
                        """);
        assertThat(sweep("--generation", "1", "--yes").out()).as("once more").contains("search_terms_5min     0 ");
    }

    @Test
    void whatTheReplayWritesLaterComesAgain() throws IOException {
        assertThat(sweep("--generation", "1", "--yes").code()).isZero();
        assertThat(server.query(current)).doesNotContain("displaced");
        term(600, "displaced", REPLAYED);

        assertThat(server.query(current)).contains("600\tdisplaced\t1\n");
    }

    @Test
    void keepsToTheTimesThatAreNamed() throws IOException {
        assertThat(sweep("--generation", "1", "--from", at(900).toString(), "--until", at(1260).toString(), "--yes")
                        .code())
                .isZero();

        assertThat(server.query(current))
                .contains("displaced")
                .doesNotContain("of a window that has none now")
                .doesNotContain("not told yet");
    }

    @Test
    void sweepsEveryTable() throws IOException {
        for (ResultTable table : ResultTable.ALL) {
            row(table, 0, 0);
            row(table, 7_200, 0);
            row(table, 0, REPLAYED);
            row(table, 40_000, REPLAYED);
        }
        assertThat(sweep("--generation", "1", "--yes").code()).isZero();

        for (ResultTable table : ResultTable.ALL) {
            assertThat(server.query("SELECT toUnixTimestamp(%s) - %d FROM millrace.%s FINAL ORDER BY 1"
                            .formatted(table.time(), beginning.getEpochSecond(), table.name())))
                    .as(table.name())
                    .contains("40000\n")
                    .doesNotContain("7200\n");
        }
    }

    @Test
    void knowsEveryTableOfResults() throws IOException {
        assertThat(server.query("SELECT name FROM system.tables WHERE database = 'millrace'"
                                + " AND engine_full LIKE 'ReplacingMergeTree(_version, _is_deleted)%'"
                                + " AND name != 'audit_events'")
                        .lines())
                .containsExactlyInAnyOrderElementsOf(
                        ResultTable.ALL.stream().map(ResultTable::name).toList());
    }

    @Test
    void refusesWhereALaterGenerationHasWritten() throws IOException {
        term(900, "later", 2L << 55);
        CommandLineRun run = sweep("--generation", "1", "--yes");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "1 row(s) of search_terms_5min are of a later generation than 1; name the one that wrote last");
        assertThat(server.query(current)).contains("displaced");
    }

    private CommandLineRun sweep(String... options) {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "analytics";
        arguments[1] = "sweep";
        arguments[2] = "--clickhouse";
        arguments[3] = url;
        System.arraycopy(options, 0, arguments, 4, options.length);
        return CommandLineRun.ofProject(arguments);
    }

    private void term(long second, String term, long version) throws IOException {
        server.query(("INSERT INTO millrace.search_terms_5min (window_start, term, searches, _version)"
                        + " VALUES (fromUnixTimestamp64Milli(%d, 'UTC'), '%s', 1, %d)")
                .formatted(at(second).toEpochMilli(), term, version));
    }

    private void row(ResultTable table, long second, long version) throws IOException {
        String order = table.name().startsWith("revenue") ? "orders, " : "";
        server.query("INSERT INTO millrace.%s (%s%s, _version) VALUES (%s fromUnixTimestamp64Milli(%d, 'UTC'), %d)"
                .formatted(
                        table.name(),
                        order,
                        table.time(),
                        order.isEmpty() ? "" : "1,",
                        at(second).toEpochMilli(),
                        version));
    }

    private Instant at(long second) {
        return beginning.plusSeconds(second);
    }
}
