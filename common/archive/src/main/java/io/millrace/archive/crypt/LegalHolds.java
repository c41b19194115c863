package io.millrace.archive.crypt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The legal holds, beside the keys. They need no master key. Used by one thread. */
public final class LegalHolds implements AutoCloseable {

    private final Database database;

    private LegalHolds(Database database) {
        this.database = database;
    }

    /** Does something while no hold can be placed or released. */
    @FunctionalInterface
    public interface Work<T> {
        T with(List<Hold> inForce) throws IOException;
    }

    /**
     * Opens the holds of a key store that is there, and makes nothing: holds in another database hold nothing.
     *
     * @throws KeyStoreException if the database is not reached or holds no store
     */
    public static LegalHolds openExisting(Connections connections) throws KeyStoreException {
        return new LegalHolds(KeyTables.openExisting(connections));
    }

    /**
     * Places a hold.
     *
     * @param subject the keyed hash of a person, by {@link PostgresKeyStore#hidden}; null to hold everybody's records
     * @return its number
     */
    public long place(byte @Nullable [] subject, @Nullable LocalDate from, @Nullable LocalDate to, String reason)
            throws KeyStoreException {
        return database.transaction("place a hold", connection -> {
            if (subject != null) {
                // an erasure that goes on waits, and then is refused
                KeyTables.lock(connection, subject);
            }
            try (PreparedStatement statement = Database.prepare(
                            connection,
                            "INSERT INTO millrace_audit.legal_hold (subject, from_day, to_day, reason)"
                                    + " VALUES (?::bytea, ?::date, ?::date, ?) RETURNING id",
                            subject,
                            from,
                            to,
                            reason);
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /**
     * Releases a hold.
     *
     * @return whether it was in force
     */
    public boolean release(long id) throws KeyStoreException {
        return database.transaction(
                "release a hold",
                connection -> Database.update(
                                connection,
                                "UPDATE millrace_audit.legal_hold SET released_at = now()"
                                        + " WHERE id = ? AND released_at IS NULL",
                                id)
                        > 0);
    }

    /** Returns all that were ever placed, the oldest first. */
    public List<PlacedHold> all() throws KeyStoreException {
        return database.transaction("list the holds", connection -> {
            List<PlacedHold> all = new ArrayList<>();
            try (PreparedStatement statement = Database.prepare(
                            connection,
                            "SELECT id, subject, from_day, to_day, reason, placed_by, placed_at, released_at"
                                    + " FROM millrace_audit.legal_hold ORDER BY id");
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(placed(rows));
                }
            }
            return all;
        });
    }

    private static PlacedHold placed(ResultSet rows) throws SQLException {
        byte[] subject = rows.getBytes("subject");
        OffsetDateTime released = rows.getObject("released_at", OffsetDateTime.class);
        return new PlacedHold(
                rows.getLong("id"),
                subject == null ? null : HexFormat.of().formatHex(subject),
                rows.getObject("from_day", LocalDate.class),
                rows.getObject("to_day", LocalDate.class),
                rows.getString("reason"),
                rows.getString("placed_by"),
                rows.getObject("placed_at", OffsetDateTime.class).toInstant(),
                released == null ? null : released.toInstant());
    }

    /** Returns those in force, with the keys of the persons whom they protect. */
    public List<Hold> inForce() throws KeyStoreException {
        return database.transaction("read the holds", LegalHolds::inForce);
    }

    /**
     * Does something for which it matters that no hold comes meanwhile; who places one waits.
     *
     * @throws IOException what the work throws
     */
    public <T> T whileNoneComes(Work<T> work) throws IOException {
        try {
            return database.transaction("read the holds", connection -> {
                Database.update(connection, "LOCK TABLE millrace_audit.legal_hold IN SHARE MODE");
                return work(work, inForce(connection));
            });
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private static <T> T work(Work<T> work, List<Hold> inForce) {
        try {
            return work.with(inForce);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Hold> inForce(Connection connection) throws SQLException {
        List<Hold> holds = new ArrayList<>();
        try (PreparedStatement statement = Database.prepare(
                        connection,
                        "SELECT hold.id, from_day, to_day, hold.subject IS NULL AS of_everybody, key.id AS key"
                                + " FROM millrace_audit.legal_hold hold"
                                + " LEFT JOIN millrace_audit.data_key key ON key.subject = hold.subject"
                                + " WHERE released_at IS NULL ORDER BY hold.id");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                UUID key = rows.getObject("key", UUID.class);
                holds.add(new Hold(
                        rows.getLong("id"),
                        rows.getObject("from_day", LocalDate.class),
                        rows.getObject("to_day", LocalDate.class),
                        rows.getBoolean("of_everybody"),
                        key == null ? Set.of() : Set.of(key)));
            }
        }
        return holds;
    }

    /** Says whether the store has any of some keys: a hold is of no use beside another archive's. */
    public boolean hasAnyKey(Collection<UUID> ids) throws KeyStoreException {
        return database.exists(
                "data_key WHERE id = ANY (string_to_array(?, ',')::uuid[])",
                ids.stream().map(UUID::toString).collect(Collectors.joining(",")));
    }

    /** Says whether the store remembers that somebody was erased from an archive, by its name. */
    public boolean rememberErasureFrom(String archive) throws KeyStoreException {
        return database.exists("erasure WHERE archive = ?", archive);
    }

    @Override
    public void close() {
        database.close();
    }
}
