package io.millrace.cdc;

import static org.awaitility.Awaitility.await;

import io.millrace.local.Addresses;
import io.millrace.shop.ShopDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A database of the test's own on the real Postgres; its slot and publication bear its name. */
final class PreflightDatabase implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String name;
    private final Addresses addresses;
    private final ShopDatabase server;
    private final ShopDatabase database;

    PreflightDatabase(Addresses addresses, String name) throws SQLException {
        this.name = name;
        this.addresses = addresses;
        server = new ShopDatabase(addresses.postgresUrl(), addresses.postgresUser(), addresses.postgresPassword());
        String url = "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/" + name;
        database = new ShopDatabase(url, server.user(), server.password());
        execute(server, "CREATE DATABASE " + name);
    }

    String name() {
        return name;
    }

    /** Returns the part of a configuration that reads it. */
    String source() {
        return """
                source:
                  type: postgres
                  postgres: {host: %s, port: %d, database: %s, user: %s, slot: %s, publication: %s}
                """.formatted(
                        addresses.postgresHost(), addresses.postgresPort(), name, addresses.postgresUser(), name, name);
    }

    Connection connect() throws SQLException {
        return database.connect();
    }

    void execute(String... commands) throws SQLException {
        execute(database, commands);
    }

    String value(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    void awaitSlotFree() {
        await("slot released")
                .atMost(DEADLINE)
                .until(() -> value(
                                "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '" + name + "'")
                        .equals("0"));
    }

    private static void execute(ShopDatabase where, String... commands) throws SQLException {
        try (Connection connection = where.connect();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    void dropSlot() throws SQLException {
        awaitSlotFree();
        execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + name
                + "'");
    }

    @Override
    public void close() throws SQLException {
        dropSlot();
        execute(server, "DROP DATABASE " + name + " WITH (FORCE)");
    }
}
