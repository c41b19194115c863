package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.acceptance.Checkout.Run;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at somebody's database, first as a user who may do nothing there. */
@WithServers(Server.POSTGRES)
class InitIT {

    private final Addresses addresses;
    private Checkout checkout;

    InitIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void create() throws Exception {
        checkout = Checkout.make("init-checkout");
        execute("postgres", "CREATE DATABASE it_own", "CREATE ROLE it_weak LOGIN");
        execute("it_own", "CREATE TABLE users (id int PRIMARY KEY)", "CREATE TABLE notes (body text)");
    }

    @AfterEach
    void remove() throws Exception {
        execute("postgres", "DROP DATABASE it_own", "DROP ROLE it_weak");
        checkout.close();
    }

    @Test
    void saysWhatIsInTheWayAndHowToMendIt() throws Exception {
        Run init = init("it_weak");

        assertThat(init.code()).as(init.out()).isEqualTo(1);
        assertThat(init.out())
                .contains("In the way of every table:")
                .contains("ALTER ROLE \"it_weak\" REPLICATION")
                .contains(
                        "public.users may not be read by this user. Grant it USAGE ON SCHEMA \"public\" and SELECT ON")
                .contains("no table of postgresql://")
                .contains("nothing was written");
        assertThat(folder()).doesNotExist();
        assertThat(count("SELECT count(*) FROM pg_namespace WHERE nspname = 'millrace'"))
                .as("nothing is changed")
                .isZero();
    }

    @Test
    void writesAFirstConfigurationOnce() throws Exception {
        Run init = init(addresses.postgresUser());

        assertThat(init.code()).as(init.out()).isZero();
        assertThat(init.out())
                .contains("public.notes has no primary key")
                .containsPattern("public\\.users +id +\\d+ +\\d")
                .contains("./millrace submit cdc --config it_own/cdc-capture.yaml");
        String capture = Files.readString(folder().resolve("cdc-capture.yaml"));
        assertThat(capture).contains("table: public.users").doesNotContain("notes");
        Files.writeString(folder().resolve("cdc-capture.yaml"), "mine");

        Run again = init(addresses.postgresUser());

        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).contains("is there already").contains("--force");
        assertThat(Files.readString(folder().resolve("cdc-capture.yaml"))).isEqualTo("mine");
        assertThat(count("SELECT count(*) FROM pg_publication")).isZero();
    }

    private Run init(String user) throws IOException, InterruptedException {
        return checkout.millrace(
                Map.of("PGUSER", user),
                "init",
                "--postgres",
                "postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/it_own");
    }

    private Path folder() {
        return checkout.root().resolve("it_own");
    }

    private void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = connect("it_own");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Connection connect(String database) throws SQLException {
        String url = "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/" + database;
        return DriverManager.getConnection(url, addresses.postgresUser(), "");
    }
}
