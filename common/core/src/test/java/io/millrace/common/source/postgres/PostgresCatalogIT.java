package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.serde.declared.DeclaredTable;
import io.millrace.common.serde.declared.PostgresType;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class PostgresCatalogIT {

    private Database database;

    @BeforeEach
    void createDatabase(Addresses addresses) throws SQLException {
        database = new Database(addresses, "postgrescatalog");
        database.execute("CREATE TYPE mood AS ENUM ('glad')", "CREATE DOMAIN humour AS mood");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void aDomainOverAnEnumIsAnEnumAndSoIsWhatAListOfItHolds() throws Exception {
        database.execute(
                "CREATE DOMAIN temper AS humour CHECK (VALUE::text <> 'sad')",
                "CREATE DOMAIN tempers AS temper[]",
                "CREATE TABLE t (a mood, b humour, c temper, d mood[], e humour[], f temper[], g tempers)");

        assertThat(types("public.t"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "a", type("enum"),
                        "b", type("enum"),
                        "c", type("enum"),
                        "d", type("enum[]"),
                        "e", type("enum[]"),
                        "f", type("enum[]"),
                        "g", type("enum[]")));
    }

    /** Debezium's schema has a domain's name for what such a list holds, and so has the catalog. */
    @Test
    void aListOfAnotherDomainIsOneOfTheDomain() throws Exception {
        database.execute(
                "CREATE DOMAIN percent AS numeric(5, 2)", "CREATE TABLE t (a percent, b percent[], c numeric(5, 2)[])");

        assertThat(types("public.t"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("a", type("numeric(5,2)"), "b", type("percent[]"), "c", type("numeric(5,2)[]")));
    }

    private Map<String, PostgresType> types(String table) throws SQLException {
        DeclaredTable declared =
                PostgresCatalog.tables(database.address(), List.of(table)).get(table);
        Map<String, PostgresType> types = new LinkedHashMap<>();
        declared.columns().forEach((name, column) -> types.put(name, column.type()));
        return types;
    }

    private static PostgresType type(String declaration) {
        return PostgresType.parse(declaration).orElseThrow();
    }
}
