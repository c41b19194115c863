package io.millrace.common.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said about a database before the job starts, with the command that mends it. */
@WithServers(Server.POSTGRES)
class PostgresTargetPreflightIT {

    private static final String SCHEMA = "preflight_target";
    private static final String USER = "preflight_writer";
    private static final String CANARY = "canary-9d2a";

    private final PostgresAddress administrator;

    PostgresTargetPreflightIT(Addresses addresses) {
        this.administrator = ReadModelJob.address(addresses);
    }

    @BeforeAll
    static void makeSchema(Addresses addresses) throws SQLException {
        try (Connection connection = ReadModelJob.address(addresses).connect("test")) {
            Sql sql = new Sql(connection);
            sql.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
            sql.execute("CREATE SCHEMA " + SCHEMA);
            sql.execute("SET search_path = " + SCHEMA);
            sql.execute("CREATE TABLE plain (id bigint PRIMARY KEY, name text NOT NULL)");
            sql.execute("CREATE VIEW seen AS SELECT 1 AS id");
            sql.execute("CREATE TABLE taken_current (id bigint)");
            sql.execute(
                    "CREATE TABLE good (id bigint PRIMARY KEY, note text NOT NULL DEFAULT '', _version bigint NOT NULL,"
                            + " _deleted_at timestamptz)");
            sql.execute("DROP ROLE IF EXISTS " + USER);
            sql.execute("CREATE ROLE " + USER + " LOGIN");
        }
    }

    @Test
    void findsNothingToSayOfWhatCanBeUsed() {
        assertThat(problems(administrator, SCHEMA, "good", "not_there_yet")).isEmpty();
        assertThat(problems(administrator, "no_such_schema", "any")).isEmpty();
    }

    @Test
    void saysEverythingThatKeepsTablesFromBeingWrittenAtOnce() {
        assertThat(problems(administrator, SCHEMA, "plain", "seen", "taken"))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith("`routes[public.plain].postgres.table` cannot be used")
                                .contains("ADD COLUMN _version bigint NOT NULL DEFAULT 0,")
                                .contains("It must not be the source's own"),
                        problem -> assertThat(problem)
                                .contains(
                                        "ALTER TABLE \"preflight_target\".\"plain\" ALTER COLUMN \"name\" DROP NOT NULL"),
                        problem -> assertThat(problem).contains("preflight_target.seen is no table"),
                        problem -> assertThat(problem).contains("preflight_target.taken_current is no view"));
    }

    @Test
    void namesTheRightsThatAreMissing() throws SQLException {
        PostgresAddress user = user(administrator.database(), USER);
        assertThat(problems(user, "no_such_schema", "any"))
                .singleElement()
                .asString()
                .contains("CREATE SCHEMA \"no_such_schema\" AUTHORIZATION \"preflight_writer\"");
        assertThat(problems(user, SCHEMA, "good"))
                .singleElement()
                .asString()
                .contains("GRANT USAGE ON SCHEMA \"preflight_target\" TO \"preflight_writer\"");

        try (Connection connection = administrator.connect("test")) {
            new Sql(connection).execute("GRANT USAGE ON SCHEMA " + SCHEMA + " TO " + USER);
            assertThat(problems(user, SCHEMA, "good"))
                    .satisfiesExactly(
                            problem -> assertThat(problem).contains("GRANT CREATE ON SCHEMA \"preflight_target\" TO"),
                            problem -> assertThat(problem)
                                    .contains("GRANT SELECT, INSERT, UPDATE ON \"preflight_target\".\"good\" TO"));
        } finally {
            try (Connection connection = administrator.connect("test")) {
                new Sql(connection).execute("REVOKE USAGE ON SCHEMA " + SCHEMA + " FROM " + USER);
            }
        }
    }

    @Test
    void saysWhyTheDatabaseCannotBeReachedAndNeverThePassword() {
        assertThat(problems(user("nowhere", USER), SCHEMA, "good"))
                .singleElement()
                .asString()
                .startsWith("`targets.postgres` cannot be used")
                .contains("database \"nowhere\" does not exist")
                .doesNotContain(CANARY);
        PostgresAddress silent = new PostgresAddress("127.0.0.1", 1, "shop", USER, new Secret(CANARY));
        assertThat(problems(silent, SCHEMA, "good"))
                .singleElement()
                .asString()
                .contains("127.0.0.1:1", "refused")
                .doesNotContain(CANARY);
    }

    private PostgresAddress user(String database, String user) {
        return new PostgresAddress(administrator.host(), administrator.port(), database, user, new Secret(CANARY));
    }

    private static List<String> problems(PostgresAddress address, String schema, String... tables) {
        Problems problems = new Problems();
        PostgresTargetConfig config = new PostgresTargetConfig(
                address,
                schema,
                Duration.ofSeconds(30),
                PostgresTargetConfig.DEFAULT_BATCHING,
                Backoff.defaults(),
                FailurePolicy.DEAD_LETTER,
                List.of(tables).stream()
                        .map(table -> new PostgresRoute("public." + table, table, Map.of()))
                        .toList());
        new PostgresTargetPreflight("targets.postgres", config, problems).check(table -> "routes[" + table + "]");
        return problems.found().stream().map(Problem::toString).toList();
    }
}
