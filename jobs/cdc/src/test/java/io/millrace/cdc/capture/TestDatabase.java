package io.millrace.cdc.capture;

import static org.awaitility.Awaitility.await;

import io.millrace.common.config.Secret;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.local.Addresses;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real Postgres, with a schema of the test's own; slot and publication bear its name. */
final class TestDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String name;
    private final PostgresAddress address;
    private final Connection connection;

    TestDatabase(Addresses addresses, String name) throws SQLException {
        this.name = name;
        this.address = new PostgresAddress(
                addresses.postgresHost(),
                addresses.postgresPort(),
                addresses.postgresDatabase(),
                addresses.postgresUser(),
                new Secret(addresses.postgresPassword()));
        this.connection = address.connect("test");
        execute("DROP SCHEMA IF EXISTS " + name + " CASCADE", "CREATE SCHEMA " + name, "SET search_path = " + name);
    }

    PostgresAddress address() {
        return address;
    }

    PostgresChangesConfig config(String... tables) {
        List<String> qualified =
                Stream.of(tables).map(table -> name + "." + table).toList();
        PostgresChangesConfig defaults = PostgresChangesConfig.of(address, qualified, name, name, "dbserver1");
        return new PostgresChangesConfig(
                defaults.address(),
                defaults.tables(),
                defaults.slot(),
                defaults.publication(),
                defaults.serverName(),
                500,
                100,
                defaults.poll(),
                Duration.ofMillis(500),
                defaults.walLimits());
    }

    void execute(String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    /** Opens another session in the test's schema. */
    Connection session() throws SQLException {
        Connection session = address.connect("test session");
        try (Statement statement = session.createStatement()) {
            statement.execute("SET search_path = " + name);
        }
        return session;
    }

    Map<String, String> row(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            Map<String, String> row = new java.util.LinkedHashMap<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.put(result.getMetaData().getColumnLabel(i), result.getString(i));
            }
            return row;
        }
    }

    /** Drops the slot, if there is one; whoever reads from it may need a moment to go. */
    void dropSlot() {
        String ofSlot = " FROM pg_replication_slots WHERE slot_name = '" + name + "'";
        await("nobody reads the slot")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> {
                    execute("SELECT pg_terminate_backend(active_pid)" + ofSlot + " AND active");
                    execute("SELECT pg_drop_replication_slot(slot_name)" + ofSlot);
                    return true;
                });
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
