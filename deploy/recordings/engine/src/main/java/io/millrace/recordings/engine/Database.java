package io.millrace.recordings.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A database of one recording, and what happens in it.
 *
 * @param name also that of its slot and publication
 */
record Database(String host, int port, String user, String name) {

    /** The row that is written when everything has happened. */
    static final String LAST = "the end";

    /** Makes the database anew, with the rows that a snapshot reads. */
    void create() throws SQLException, IOException {
        try (Connection server = connect("postgres")) {
            execute(server, "DROP DATABASE IF EXISTS " + name + " (FORCE)");
            execute(server, "CREATE DATABASE " + name);
        }
        try (Connection connection = connect(name)) {
            execute(connection, script("before.sql"));
        }
    }

    /** Makes every kind of change, in the end one that is known. */
    void play() throws SQLException, IOException, InterruptedException {
        try (Connection connection = connect(name)) {
            for (String statement : script("during.sql").strip().split(";\n", -1)) {
                execute(connection, statement);
            }
            race(connection);
            execute(connection, "INSERT INTO notes VALUES (99, '" + LAST + "', 0)");
        }
    }

    /** Another session inserts a key while this one still changes and deletes it: the lower position comes later. */
    private void race(Connection connection) throws SQLException, InterruptedException {
        connection.setAutoCommit(false);
        execute(connection, "UPDATE notes SET body = 'held' WHERE id = 5");
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> insert("INSERT INTO notes VALUES (5, 'won', 5)"));
        while (!isWaiting(connection)) {
            Thread.sleep(10);
        }
        execute(connection, "DELETE FROM notes WHERE id = 5");
        connection.commit();
        connection.setAutoCommit(true);
        other.join();
    }

    private void insert(String statement) {
        try (Connection connection = connect(name)) {
            execute(connection, statement);
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static boolean isWaiting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
            result.next();
            return result.getInt(1) > 0;
        }
    }

    /** Returns how an engine connects. */
    Map<String, String> connection() {
        return Map.of(
                "database.hostname", host,
                "database.port", Integer.toString(port),
                "database.user", user,
                "database.password", "",
                "database.dbname", name);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + database, user, "");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script(String resource) throws IOException {
        try (InputStream in = Database.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
