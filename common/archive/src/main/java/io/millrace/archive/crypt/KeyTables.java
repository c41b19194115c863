package io.millrace.archive.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;

/** The tables of the key store. */
final class KeyTables {

    /** The numbered migration of sql/postgres that makes them. */
    private static final String MIGRATION = "0002_audit_keys.sql";

    /** The last that the migration makes: where it is, all are. */
    private static final String LAST = "millrace_audit.legal_hold";

    /** What stands for the tables, and for the key that hides subjects: no keyed hash has five bytes. */
    static final byte[] INDEX = "index".getBytes(StandardCharsets.US_ASCII);

    private KeyTables() {}

    /** Opens the database; if nobody has migrated it yet, the tables are made. */
    static Database open(Connections connections) throws KeyStoreException {
        Database database = new Database(connections);
        try {
            database.transaction("make its tables", connection -> {
                // two that come at once would both make the schema
                lock(connection, INDEX);
                return isThere(connection) ? 0 : Database.update(connection, migration());
            });
            return database;
        } catch (KeyStoreException e) {
            database.close();
            throw e;
        }
    }

    /** Opens the database where the tables are, and makes none. */
    static Database openExisting(Connections connections) throws KeyStoreException {
        Database database = new Database(connections);
        try {
            database.statement("look for its tables", connection -> {
                if (!isThere(connection)) {
                    throw noStore(connection, "has no table " + LAST);
                }
                return database;
            });
            return database;
        } catch (KeyStoreException e) {
            database.close();
            throw e;
        }
    }

    /** What is thrown where there should be a store already. */
    static KeyStoreException noStore(Connection connection, String missing) throws SQLException {
        return KeyStoreException.lasting("the database `" + connection.getCatalog() + "` holds no key store: it "
                + missing
                + ". Nothing was made there. Name the one that `key-store` of the archive's job names; the job"
                + " makes the store when it first starts");
    }

    /** Who only uses the tables need not be allowed to make them. */
    private static boolean isThere(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        Database.prepare(connection, "SELECT to_regclass('" + LAST + "') IS NOT NULL");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static String migration() {
        try (InputStream sql = KeyTables.class.getResourceAsStream(MIGRATION)) {
            return new String(Objects.requireNonNull(sql).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets one transaction at a time work on a subject. */
    static void lock(Connection connection, byte[] tag) throws SQLException {
        long number = ByteBuffer.wrap(Arrays.copyOf(tag, Long.BYTES)).getLong();
        try (PreparedStatement statement = Database.prepare(connection, "SELECT pg_advisory_xact_lock(?)", number)) {
            statement.execute();
        }
    }
}
