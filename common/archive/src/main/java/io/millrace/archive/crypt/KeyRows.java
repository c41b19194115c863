package io.millrace.archive.crypt;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The table of wrapped keys. A subject is known by its tag. Used by one thread. */
final class KeyRows {

    private static final String IS_ERASED = "(EXISTS (SELECT FROM millrace_audit.erasing WHERE subject = ?)"
            + " OR EXISTS (SELECT FROM millrace_audit.erasure WHERE subject = ? AND archive = ? AND topic = ?"
            + " AND partition = ? AND up_to >= ?))";
    private static final String LOOK_UP = "SELECT " + IS_ERASED + ", id, wrapped, master_key"
            + " FROM (SELECT) asked LEFT JOIN millrace_audit.data_key ON subject = ?";

    private final Wrapping wrapping;

    KeyRows(Wrapping wrapping) {
        this.wrapping = wrapping;
    }

    /** What the store knows of a subject. */
    record Known(boolean erased, Optional<DataKey> key) {

        /** Returns whether the subject needs no key to be made. */
        boolean isAnswer() {
            return erased || key.isPresent();
        }
    }

    Known lookUp(Connection connection, byte[] tag, Position position) throws SQLException, KeyStoreException {
        ChainId chain = position.chain();
        try (PreparedStatement statement = Database.prepare(
                        connection,
                        LOOK_UP,
                        tag,
                        tag,
                        chain.archive(),
                        chain.topic(),
                        chain.partition(),
                        position.offset(),
                        tag);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            UUID id = rows.getObject(2, UUID.class);
            return rows.getBoolean(1) || id == null
                    ? new Known(rows.getBoolean(1), Optional.empty())
                    : new Known(false, Optional.of(unwrap(id, rows.getBytes(3), rows.getString(4), tag)));
        }
    }

    private DataKey unwrap(UUID id, byte[] bytes, String master, byte[] tag) throws KeyStoreException {
        return wrapping.unwrap(new Wrapping.Wrapped(id, bytes, master), tag);
    }

    /** Returns the key of a subject. */
    Optional<DataKey> of(Connection connection, byte[] tag) throws SQLException, KeyStoreException {
        return read(connection, "subject = ?", tag);
    }

    /** Returns the key that has an id. */
    Optional<DataKey> of(Connection connection, UUID id) throws SQLException, KeyStoreException {
        return read(connection, "id = ?", id);
    }

    private Optional<DataKey> read(Connection connection, String where, Object value)
            throws SQLException, KeyStoreException {
        String sql = "SELECT id, wrapped, master_key, subject FROM millrace_audit.data_key WHERE " + where;
        try (PreparedStatement statement = Database.prepare(connection, sql, value);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            return Optional.of(
                    unwrap(rows.getObject(1, UUID.class), rows.getBytes(2), rows.getString(3), rows.getBytes(4)));
        }
    }

    void insert(Connection connection, byte[] tag, DataKey key) throws SQLException, KeyStoreException {
        Wrapping.Wrapped wrapped = wrapping.wrap(key, tag);
        Database.update(
                connection,
                "INSERT INTO millrace_audit.data_key (id, subject, wrapped, master_key) VALUES (?, ?, ?, ?)",
                wrapped.id(),
                tag,
                wrapped.bytes(),
                wrapped.master());
    }
}
