package io.millrace.common.source.postgres;

import static org.awaitility.Awaitility.await;

import io.millrace.common.config.Secret;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.local.Addresses;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A database of the test's own on the real Postgres. Its slot, publication and roles bear its name, and go with it.
 * The password is one that no text may ever show: Postgres trusts every local connection.
 */
public final class Database implements AutoCloseable {

    static final String PASSWORD = "canary-d41d8cd98f";

    private final String name;
    private final PostgresAddress server;
    private final Sql sql;

    public Database(Addresses addresses, String name) throws SQLException {
        this.name = name;
        this.server = new PostgresAddress(
                addresses.postgresHost(),
                addresses.postgresPort(),
                addresses.postgresDatabase(),
                addresses.postgresUser(),
                new Secret(PASSWORD));
        drop();
        asAdministrator("CREATE DATABASE " + TableName.quote(name));
        this.sql = new Sql(address().connect("test"));
    }

    String name() {
        return name;
    }

    public PostgresAddress address() {
        return address(server.user());
    }

    PostgresAddress address(String user) {
        return new PostgresAddress(server.host(), server.port(), name, user, server.password());
    }

    /** Returns the configuration for some tables, whose slot and publication bear the database's name. */
    public PostgresChangesConfig config(String... tables) {
        return configAs(server.user(), tables);
    }

    PostgresChangesConfig configAs(String user, String... tables) {
        return new PostgresChangesConfig(
                address(user),
                List.of(tables),
                name,
                name,
                "dbserver1",
                500,
                100,
                Duration.ofMillis(20),
                Duration.ofMillis(500),
                WalLimits.DEFAULT);
    }

    /** Creates a user without any rights; its name begins with that of the database. */
    String user(String suffix, String attributes) throws SQLException {
        String user = name + "_" + suffix;
        execute("CREATE ROLE " + user + " LOGIN " + attributes);
        return user;
    }

    public void execute(String... commands) throws SQLException {
        for (String command : commands) {
            sql.execute(command);
        }
    }

    /** Executes in the database that every server has: what concerns this one, or all of them. */
    void asAdministrator(String... commands) throws SQLException {
        try (Connection connection = server.connect("test administrator")) {
            for (String command : commands) {
                new Sql(connection).execute(command);
            }
        }
    }

    public String value(String query) throws SQLException {
        return sql.value(query);
    }

    /** Returns the texts of a query's column {@code t}, sorted. */
    List<String> list(String query) throws SQLException {
        return sql.rows(query).stream().map(row -> row.text("t")).sorted().toList();
    }

    /** Returns everything that a preflight could have changed. */
    List<String> traces() throws SQLException {
        return Stream.of(
                        "SELECT 'schema ' || nspname AS t FROM pg_namespace WHERE nspname !~ '^pg_'",
                        "SELECT concat_ws(' ', 'table', c.oid::regclass, relreplident) AS t FROM pg_class c"
                                + " JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname !~ '^(pg_|information)'",
                        "SELECT to_jsonb(p)::text AS t FROM pg_publication p",
                        "SELECT 'published ' || p::text AS t FROM pg_publication_tables p",
                        "SELECT 'slot ' || concat_ws(' ', slot_name, plugin, database, confirmed_flush_lsn) AS t"
                                + " FROM pg_replication_slots")
                .flatMap(query -> {
                    try {
                        return list(query).stream();
                    } catch (SQLException e) {
                        throw new IllegalStateException(query, e);
                    }
                })
                .toList();
    }

    /** Ends every session of an application; returns how many there were. */
    long kill(String application) throws SQLException {
        return Long.parseLong(value("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '"
                + name + "' AND application_name = '" + application + "'"));
    }

    /** Lets Postgres drop log that slots still need. */
    void invalidateSlots(Callable<Boolean> invalid) throws SQLException {
        execute(
                "CREATE TABLE written (id int)",
                "ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'",
                "SELECT pg_reload_conf()");
        try {
            await("slot invalidated").until(() -> {
                execute("INSERT INTO written VALUES (1)", "SELECT pg_switch_wal()", "CHECKPOINT");
                return invalid.call();
            });
        } finally {
            execute("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
        }
    }

    private void drop() throws SQLException {
        await("slots dropped").ignoreExceptions().until(() -> {
            dropSlots();
            return true;
        });
        asAdministrator("DROP DATABASE IF EXISTS " + TableName.quote(name) + " WITH (FORCE)");
        try (Connection connection = server.connect("test administrator")) {
            Sql admin = new Sql(connection);
            for (Sql.Row row : admin.rows("SELECT rolname FROM pg_roles WHERE starts_with(rolname, ?)", name + "_")) {
                admin.execute("DROP ROLE " + TableName.quote(row.text("rolname")));
            }
        }
    }

    private void dropSlots() throws SQLException {
        String ours = " FROM pg_replication_slots WHERE (database = '" + name + "' OR starts_with(slot_name, '" + name
                + "'))";
        asAdministrator(
                "SELECT pg_terminate_backend(active_pid)" + ours + " AND active",
                "SELECT pg_drop_replication_slot(slot_name)" + ours + " AND NOT temporary");
    }

    @Override
    public void close() throws SQLException {
        sql.connection().close();
        drop();
    }
}
