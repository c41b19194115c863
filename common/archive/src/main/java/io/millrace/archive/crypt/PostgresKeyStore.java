package io.millrace.archive.crypt;

import io.millrace.archive.bytes.CanonicalBytes;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the data keys in Postgres, wrapped by a master key. A key is inserted or, if somebody was faster, read: all who
 * ask get the same. Used by one thread.
 */
public final class PostgresKeyStore implements KeyStore {

    private static final String SUBJECT = "millrace-audit-1/subject";

    private final Database database;
    private final KeyRows rows;
    private final SecureRandom random = new SecureRandom();
    private final CanonicalBytes bytes = new CanonicalBytes();
    private final Hmac tags;

    private PostgresKeyStore(Database database, KeyRows rows, boolean makes) throws KeyStoreException {
        this.database = database;
        this.rows = rows;
        this.tags = new Hmac(database.transaction("read its first key", connection -> indexKey(connection, makes))
                .bytes());
    }

    /**
     * Opens the store, and makes its tables if there are none.
     *
     * @param masters the one that wraps new keys, and all that wrapped before
     * @throws KeyStoreException if the database is not reached, or the store's keys were wrapped by another master key
     */
    public static PostgresKeyStore open(Connections connections, List<MasterKey> masters) throws KeyStoreException {
        return open(KeyTables.open(connections), masters, true);
    }

    /**
     * Opens a store that is there, and makes nothing.
     *
     * @throws KeyStoreException if the database is not reached or holds no store, or its keys were wrapped by another
     *     master key
     */
    public static PostgresKeyStore openExisting(Connections connections, List<MasterKey> masters)
            throws KeyStoreException {
        return open(KeyTables.openExisting(connections), masters, false);
    }

    private static PostgresKeyStore open(Database database, List<MasterKey> masters, boolean makes)
            throws KeyStoreException {
        try {
            return new PostgresKeyStore(database, new KeyRows(new Wrapping(masters)), makes);
        } catch (KeyStoreException e) {
            database.close();
            throw e;
        }
    }

    private DataKey indexKey(Connection connection, boolean makes) throws SQLException, KeyStoreException {
        KeyTables.lock(connection, KeyTables.INDEX);
        Optional<DataKey> stored = rows.of(connection, KeyTables.INDEX);
        if (stored.isPresent()) {
            return stored.get();
        }
        if (!makes) {
            throw KeyTables.noStore(connection, "has no first key in millrace_audit.data_key");
        }
        DataKey made = newKey();
        rows.insert(connection, KeyTables.INDEX, made);
        return made;
    }

    @Override
    public Optional<DataKey> keyFor(Subject subject, Position position) throws KeyStoreException {
        byte[] tag = tag(subject);
        KeyRows.Known known = database.statement("read a key", connection -> rows.lookUp(connection, tag, position));
        return known.isAnswer()
                ? known.key()
                : database.transaction("make a key", connection -> make(connection, tag, position));
    }

    private Optional<DataKey> make(Connection connection, byte[] tag, Position position)
            throws SQLException, KeyStoreException {
        // an erasure that begins now waits, and then destroys what is made here
        KeyTables.lock(connection, tag);
        KeyRows.Known known = rows.lookUp(connection, tag, position);
        if (known.isAnswer()) {
            return known.key();
        }
        DataKey made = newKey();
        rows.insert(connection, tag, made);
        return Optional.of(made);
    }

    private DataKey newKey() {
        byte[] key = new byte[DataKey.LENGTH];
        random.nextBytes(key);
        return new DataKey(UUID.randomUUID(), key);
    }

    @Override
    public Optional<DataKey> key(UUID id) throws KeyStoreException {
        return database.transaction("read a key", connection -> rows.of(connection, id));
    }

    /**
     * Returns a subject's key, and makes none.
     *
     * @return nothing if the subject has none: it was erased, or nothing of it is in the archive
     */
    public Optional<DataKey> find(Subject subject) throws KeyStoreException {
        byte[] tag = tag(subject);
        return database.transaction("read a key", connection -> rows.of(connection, tag));
    }

    /** Returns the keyed hash by which the store knows a subject: 32 bytes, which name nobody without its first key. */
    public byte[] hidden(Subject subject) {
        return tag(subject);
    }

    /**
     * Begins to erase a person: destroys the key. Until {@link #finishErasing}, no key is made for the person at all.
     *
     * @return whether there was a key
     * @throws KeyStoreException also if a legal hold is in force for the person; nothing is destroyed then
     */
    public boolean beginErasing(Subject person) throws KeyStoreException {
        byte[] tag = tag(person);
        return database.transaction("destroy a key", connection -> {
            KeyTables.lock(connection, tag);
            requireNoHold(connection, tag);
            Database.update(
                    connection, "INSERT INTO millrace_audit.erasing (subject) VALUES (?) ON CONFLICT DO NOTHING", tag);
            return Database.update(connection, "DELETE FROM millrace_audit.data_key WHERE subject = ?", tag) > 0;
        });
    }

    private static void requireNoHold(Connection connection, byte[] tag) throws SQLException, KeyStoreException {
        String sql = "SELECT min(id) FROM millrace_audit.legal_hold WHERE subject = ? AND released_at IS NULL";
        try (PreparedStatement statement = Database.prepare(connection, sql, tag);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            long hold = rows.getLong(1);
            if (!rows.wasNull()) {
                throw KeyStoreException.lasting("the person is under the legal hold " + hold
                        + ", so the key is not destroyed; release the hold first");
            }
        }
    }

    /** Says whether an erasure of the person was begun and not finished. */
    public boolean isErasing(Subject person) throws KeyStoreException {
        return database.exists("erasing WHERE subject = ?", tag(person));
    }

    /** Says whether an erasure of the person was finished, of any archive and however long ago. */
    public boolean wasErased(Subject person) throws KeyStoreException {
        return database.exists("erasure WHERE subject = ?", tag(person));
    }

    /**
     * Remembers an erasure, once no cache has the key any longer.
     *
     * @param upTo the last offset of each partition, up to which no key is ever made for the person again
     */
    public void finishErasing(Subject person, Map<ChainId, Long> upTo) throws KeyStoreException {
        byte[] tag = tag(person);
        database.transaction("remember an erasure", connection -> {
            KeyTables.lock(connection, tag);
            for (Map.Entry<ChainId, Long> entry : upTo.entrySet()) {
                remember(connection, tag, entry.getKey(), entry.getValue());
            }
            return Database.update(connection, "DELETE FROM millrace_audit.erasing WHERE subject = ?", tag);
        });
    }

    private static void remember(Connection connection, byte[] tag, ChainId chain, long upTo) throws SQLException {
        Database.update(
                connection,
                "INSERT INTO millrace_audit.erasure AS old (subject, archive, topic, partition, up_to)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (subject, archive, topic, partition)"
                        + " DO UPDATE SET up_to = greatest(old.up_to, excluded.up_to), erased_at = now()",
                tag,
                chain.archive(),
                chain.topic(),
                chain.partition(),
                upTo);
    }

    private byte[] tag(Subject subject) {
        subject.writeTo(bytes.begin(SUBJECT));
        return tags.of(bytes);
    }

    @Override
    public void close() {
        database.close();
    }
}
