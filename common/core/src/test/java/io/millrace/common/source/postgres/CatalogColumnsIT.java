package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.serde.ColumnNames;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class CatalogColumnsIT {

    private Database database;

    @BeforeEach
    void createDatabase(Addresses addresses) throws SQLException {
        database = new Database(addresses, "catalogcolumns");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void areThoseThatTheTableHasNowAndThoseOfItsKeyAlone() throws Exception {
        database.execute(
                "CREATE TABLE t (gone int, region text, \"Id\" int, mail text UNIQUE, note text,"
                        + " PRIMARY KEY (\"Id\", region) INCLUDE (note))",
                "ALTER TABLE t DROP COLUMN gone",
                "ALTER TABLE t RENAME COLUMN mail TO email",
                "CREATE TABLE keyless (a int)");
        Problems problems = new Problems();

        Map<String, ColumnNames> columns = new PostgresPreflight(
                        database.config("public.t", "public.keyless", "public.missing"), false)
                .check(problems);

        assertThat(columns).containsOnlyKeys("public.t", "public.keyless");
        assertThat(columns.get("public.t").key()).containsExactly("region", "Id");
        assertThat(columns.get("public.t").row()).containsExactly("region", "Id", "email", "note");
        assertThat(columns.get("public.keyless").key()).isEmpty();
        assertThat(problems.found())
                .as("the problems of the tables are found as well")
                .extracting(problem -> problem.path())
                .containsExactly("tables.public.keyless", "tables.public.missing");
    }

    @Test
    void areUnknownWhereTheDatabaseIsAway() {
        PostgresAddress away = new PostgresAddress(
                "127.0.0.1", 1, "no", "nobody", database.address().password());
        Problems problems = new Problems();

        Map<String, ColumnNames> columns = new PostgresPreflight(
                        PostgresChangesConfig.of(away, List.of("public.t"), "s", "p", "dbserver1"), false)
                .check(problems);

        assertThat(columns).isEmpty();
        assertThat(problems.found())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("jdbc:postgresql://127.0.0.1:1/no answered: ")
                        .doesNotContain(Database.PASSWORD));
    }
}
