package io.millrace.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandFailure;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class DatabaseIT {
    private final Addresses addresses;
    private final Properties login = new Properties();

    DatabaseIT(Addresses addresses) {
        this.addresses = addresses;
        login.setProperty("user", addresses.postgresUser());
    }

    @BeforeEach
    void create() throws SQLException {
        execute(addresses.postgresUrl(), "CREATE DATABASE it_init");
        execute(
                url(),
                "CREATE TABLE users (name text, id int PRIMARY KEY)",
                "CREATE TABLE lines (line int, \"order \"\"id\" bigint, note text,"
                        + " PRIMARY KEY (\"order \"\"id\", line) INCLUDE (note))",
                "CREATE TABLE keyless (id int)",
                "CREATE TABLE days (day date, id int, PRIMARY KEY (day, id)) PARTITION BY RANGE (day)",
                "CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
                "CREATE VIEW names AS SELECT name FROM users",
                "CREATE SCHEMA sales",
                "CREATE TABLE sales.users (id uuid PRIMARY KEY)",
                "CREATE SCHEMA millrace",
                "CREATE TABLE millrace.heartbeat (id int PRIMARY KEY)",
                "INSERT INTO users SELECT repeat('x', 100), n FROM generate_series(1, 1000) AS n",
                "ANALYZE users");
    }

    @AfterEach
    void drop() throws SQLException {
        execute(addresses.postgresUrl(), "DROP DATABASE it_init");
    }

    @Test
    void findsTheTablesThatPeopleMadeWithTheirKeysAndSizes() throws Exception {
        List<Table> tables = new Database(url(), login).tables();

        assertThat(tables)
                .extracting(table -> table.fullName() + " " + table.key())
                .containsExactly(
                        "public.days [day, id]",
                        "public.keyless []",
                        "public.lines [order \"id, line]",
                        "public.users [id]",
                        "sales.users [id]");
        Table users = tables.get(3);
        assertThat(users.rows()).isEqualTo(1000);
        assertThat(users.bytes()).isGreaterThan(100_000);
    }

    @Test
    void knowsWhereItIs() {
        Database database = new Database(url(), login);

        assertThat(database.host()).isEqualTo(addresses.postgresHost());
        assertThat(database.port()).isEqualTo(addresses.postgresPort());
        assertThat(database.name()).isEqualTo("it_init");
    }

    @Test
    void saysThatAnAddressIsNone() {
        for (String url : List.of("jdbc:postgresql:shop", "jdbc:postgresql://a:1,b:2/shop", "jdbc:postgresql://a/")) {
            assertThatThrownBy(() -> new Database(url, login).name())
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("--postgres must name one server and a database");
        }
        assertThat(new Database("jdbc:postgresql://a/shop?ssl=true", login).port())
                .isEqualTo(5432);
    }

    @Test
    void saysThatItIsRefused() {
        Properties nobody = new Properties();
        nobody.setProperty("user", "nobody_here");

        assertThatThrownBy(() -> new Database(url(), nobody).tables())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("refuses the connection")
                .hasMessageContaining("nobody_here");
    }

    private String url() {
        return "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/it_init";
    }

    private void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, login);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
