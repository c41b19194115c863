package io.millrace.common.source.postgres.pgoutput;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.ConnectJson;
import io.millrace.common.source.postgres.TableNumbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of Postgres' output plugin pgoutput, protocol version 1, as <a
 * href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">documented</a>. Used by one
 * thread.
 *
 * <p>An update of a key becomes a delete of the old row and an insert of the new one, as Debezium has it.
 */
public final class PgOutput {

    private static final long EPOCH_MILLIS =
            LocalDate.of(2000, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    private static final long MICROS = 1_000;

    private final Relations relations;
    private final Changes changes;
    private Transaction transaction = new Transaction(0, 0, StreamedChange.UNKNOWN);
    private long commit = StreamedChange.UNKNOWN;

    /** Takes what was read. */
    @FunctionalInterface
    public interface Changes {
        void add(StreamedChange change) throws InterruptedException;
    }

    /**
     * Makes a reader.
     *
     * @param schema of the tables that are captured; it is kept up to date
     * @param catalog for what messages do not say
     * @param numbers of the tables that are captured
     */
    public PgOutput(
            PostgresConnectorConfig config,
            PostgresSchema schema,
            PostgresConnection catalog,
            ConnectJson json,
            TableNumbers numbers,
            Changes changes) {
        this.relations = new Relations(config, schema, catalog, json, numbers);
        this.changes = changes;
    }

    /** Returns the end of the last transaction that was read whole; {@link StreamedChange#UNKNOWN} before the first. */
    public long commit() {
        return commit;
    }

    /**
     * Reads one message, whose bytes must be in an array.
     *
     * @param lsn the message's position in the log
     * @throws SQLException if the catalog cannot be asked
     */
    public void read(ByteBuffer message, long lsn) throws SQLException, IOException, InterruptedException {
        switch (message.get(message.position())) {
            case 'I' -> insert(message, lsn);
            case 'U' -> update(message, lsn);
            case 'D' -> delete(message, lsn);
            case 'B' -> begin(message);
            case 'C' -> commit = lsn;
            case 'R' -> relations.describe(message);
            case 'T' -> truncate(message, lsn);
            default -> {} // types and origins say nothing of rows
        }
    }

    private void begin(ByteBuffer message) {
        message.position(message.position() + 1 + Long.BYTES);
        long commitTime = EPOCH_MILLIS + Math.floorDiv(message.getLong(), MICROS);
        transaction = new Transaction(Integer.toUnsignedLong(message.getInt()), commitTime, commit);
    }

    private void insert(ByteBuffer message, long lsn) throws IOException, InterruptedException {
        Relation table = relation(message);
        if (table != null) {
            message.get();
            Tuple after = table.after().read(message);
            add(table, table.change(Operation.CREATE, table.key(after), null, table.row(after), transaction, lsn));
        }
    }

    private void update(ByteBuffer message, long lsn) throws IOException, InterruptedException {
        Relation table = relation(message);
        if (table == null) {
            return;
        }
        if (message.get() == 'N') {
            Tuple after = table.after().read(message);
            add(table, table.change(Operation.UPDATE, table.key(after), null, table.row(after), transaction, lsn));
            return;
        }
        Tuple before = table.before().read(message);
        message.get();
        Tuple after = table.after().read(message).filledFrom(before);
        update(table, before, after, lsn);
    }

    private void update(Relation table, Tuple before, Tuple after, long lsn) throws IOException, InterruptedException {
        byte[] oldKey = table.key(before);
        byte[] key = table.key(after);
        byte[] oldRow = table.row(before);
        byte[] row = table.row(after);
        if (Arrays.equals(oldKey, key)) {
            add(table, table.change(Operation.UPDATE, key, oldRow, row, transaction, lsn));
        } else {
            add(table, table.change(Operation.DELETE, oldKey, oldRow, null, transaction, lsn));
            add(table, table.change(Operation.CREATE, key, null, row, transaction, lsn));
        }
    }

    private void delete(ByteBuffer message, long lsn) throws IOException, InterruptedException {
        Relation table = relation(message);
        if (table != null) {
            message.get();
            Tuple before = table.before().read(message);
            add(table, table.change(Operation.DELETE, table.key(before), table.row(before), null, transaction, lsn));
        }
    }

    private void truncate(ByteBuffer message, long lsn) throws InterruptedException {
        message.get();
        int tables = message.getInt();
        message.get();
        for (int i = 0; i < tables; i++) {
            Relation table = relations.get(message.getInt());
            if (table != null) {
                add(table, table.truncate(transaction, lsn));
            }
        }
    }

    private @Nullable Relation relation(ByteBuffer message) {
        message.get();
        return relations.get(message.getInt());
    }

    private void add(Relation table, RowChange change) throws InterruptedException {
        table.forget();
        changes.add(StreamedChange.of(change, transaction.number()));
    }
}
