package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowChange;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Types that count as enums and have no labels of their own: Debezium reads no database that has one. */
@WithServers(Server.POSTGRES)
class EnumTypesIT {

    private Database database;

    @BeforeEach
    void createDatabase(Addresses addresses) throws SQLException {
        database = new Database(addresses, "enumtypes");
        database.execute(
                "CREATE TYPE status AS ENUM ('new', 'sent')", "ALTER TYPE status ADD VALUE 'paid' BEFORE 'sent'");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void aDomainOverAnEnumIsCapturedAsTheEnumFromSnapshotAndStream() throws Exception {
        database.execute(
                "CREATE DOMAIN step AS status",
                "CREATE DOMAIN later AS step CHECK (VALUE::text <> 'new')",
                "CREATE TABLE t (id int PRIMARY KEY, plain status, a step, b later, plains status[], list step[])",
                "INSERT INTO t VALUES (1, 'new', 'new', 'paid', '{new}', '{new,sent}')");

        List<RowChange> changes = captured(2, "UPDATE t SET plain = 'new'");

        for (RowChange change : changes) {
            assertThat(text(change.after()))
                    .isEqualTo("{\"id\":1,\"plain\":\"new\",\"a\":\"new\",\"b\":\"paid\",\"plains\":[\"new\"],"
                            + "\"list\":[\"new\",\"sent\"]}");
            assertThat(labels(change, "plain")).isEqualTo("new,paid,sent");
            assertThat(labels(change, "a")).isEqualTo("new,paid,sent");
            assertThat(labels(change, "b")).isEqualTo("new,paid,sent");
            assertThat(field(change, "list").path("items"))
                    .isEqualTo(field(change, "plains").path("items"));
        }
    }

    @Test
    void oneThatNoTableUsesAndAnEnumWithoutLabelsHinderNobody() throws Exception {
        database.execute(
                "CREATE TYPE unlabelled AS ENUM ()",
                "CREATE SCHEMA other",
                "CREATE DOMAIN other.step AS status",
                "CREATE TABLE t (id int PRIMARY KEY, u unlabelled)",
                "INSERT INTO t VALUES (1, NULL)");

        List<RowChange> changes = captured(2, "INSERT INTO t VALUES (2, NULL)");

        assertThat(changes)
                .extracting(change -> text(change.after()))
                .containsExactly("{\"id\":1,\"u\":null}", "{\"id\":2,\"u\":null}");
    }

    @Test
    void oneThatIsMadeWhileTheStreamIsReadIsTakenAsItComes() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");

        List<RowChange> changes = captured(
                1,
                "CREATE TYPE mood AS ENUM ('glad')",
                "CREATE DOMAIN humour AS mood",
                "ALTER TABLE t ADD m humour",
                "INSERT INTO t VALUES (1, 'glad')");

        assertThat(text(changes.get(0).after())).isEqualTo("{\"id\":1,\"m\":\"glad\"}");
        assertThat(labels(changes.get(0), "m")).isEqualTo("glad");
    }

    /** The other {@code date} has the name of one that comes with Postgres. */
    @Test
    void oneOfTheSameNameInAnotherSchemaIsNotTakenForIt() throws Exception {
        database.execute(
                "CREATE SCHEMA other",
                "CREATE TYPE other.status AS ENUM ('done', 'open')",
                "CREATE TYPE other.date AS ENUM ('monday')",
                "CREATE TABLE t (id int PRIMARY KEY, ours status, theirs other.status, day other.date,"
                        + " days other.date[])",
                "INSERT INTO t VALUES (1, 'new', 'done', 'monday', '{monday}')");

        List<RowChange> changes = captured(2, "UPDATE t SET ours = 'new'");

        for (RowChange change : changes) {
            assertThat(text(change.after()))
                    .isEqualTo("{\"id\":1,\"ours\":\"new\",\"theirs\":\"done\",\"day\":\"monday\","
                            + "\"days\":[\"monday\"]}");
            assertThat(labels(change, "ours")).isEqualTo("new,paid,sent");
            assertThat(labels(change, "theirs")).isEqualTo("done,open");
            assertThat(labels(change, "day")).isEqualTo("monday");
        }
    }

    @Test
    void theRowOfATableIsReadAsItsText() throws Exception {
        database.execute(
                "CREATE TABLE address (street text, number int)",
                "CREATE TABLE t (id int PRIMARY KEY, home address, others address[])",
                "INSERT INTO t VALUES (1, ('a', 1), ARRAY[('b', 2)::address])");

        List<RowChange> changes = captured(2, "UPDATE t SET id = id");

        assertThat(changes)
                .extracting(change -> text(change.after()))
                .containsOnly("{\"id\":1,\"home\":\"(a,1)\",\"others\":[\"(b,2)\"]}");
    }

    private List<RowChange> captured(int count, String... commands) throws Exception {
        return Captured.stream(database, database.config("public.t"), count, commands);
    }

    /** The names that the enum's schema allows. */
    private static String labels(RowChange change, String column) throws IOException {
        return field(change, column).path("parameters").path("allowed").asText();
    }

    /** What the schema says of a column. */
    private static JsonNode field(RowChange change, String column) throws IOException {
        JsonNode envelope = new ObjectMapper().readTree(change.schema().value());
        return named("after", envelope).flatMap(row -> named(column, row)).orElseThrow();
    }

    private static Optional<JsonNode> named(String name, JsonNode struct) {
        for (JsonNode field : struct.path("fields")) {
            if (field.path("field").asText().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
