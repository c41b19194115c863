package io.millrace.common.source.postgres;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * The messages of a slot's output plugin, over a connection of its own. One thread reads; another must tell
 * the server from time to time that the stream is read, before {@code wal_sender_timeout} has passed.
 */
final class SlotStream implements AutoCloseable {

    private static final Map<String, String> REPLICATION =
            Map.of("replication", "database", "preferQueryMode", "simple", "assumeMinServerVersion", "10");
    private static final Duration STATUS = Duration.ofSeconds(10);

    /** What {@code pg_replication_slots} says of a slot that another connection reads. */
    private static final String IN_USE = "55006";

    private final Connection connection;
    private final PGReplicationStream stream;

    private SlotStream(Connection connection, PGReplicationStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /**
     * Opens the slot, and begins behind a position.
     *
     * @param start {@link LogSequenceNumber#INVALID_LSN} for where the slot stands
     * @return null if somebody else reads the slot, such as the connection of a job that was killed a moment ago
     */
    static @Nullable SlotStream open(PostgresChangesConfig config, LogSequenceNumber start) throws SQLException {
        Connection connection = config.address().connect("stream", REPLICATION);
        try {
            return new SlotStream(connection, start(connection, config, start));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            if (e instanceof SQLException refused && IN_USE.equals(refused.getSQLState())) {
                return null;
            }
            throw e;
        }
    }

    private static PGReplicationStream start(
            Connection connection, PostgresChangesConfig config, LogSequenceNumber start) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName('"' + config.slot() + '"')
                .withStartPosition(start)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", config.publication())
                .withStatusInterval((int) STATUS.toMillis(), TimeUnit.MILLISECONDS)
                .start();
    }

    /** Returns the next message; null if none comes within about a millisecond. */
    @Nullable
    ByteBuffer poll() throws SQLException {
        return stream.readPending();
    }

    /** Returns the position in the log of the message that was read last. */
    long position() {
        return stream.getLastReceiveLSN().asLong();
    }

    /** Lets the server forget its log up to a position, once it is told. */
    void confirm(LogSequenceNumber position) {
        stream.setFlushedLSN(position);
        stream.setAppliedLSN(position);
    }

    /** Tells the server that the stream is read, and what is confirmed. */
    void tell() throws SQLException {
        stream.forceUpdateStatus();
    }

    /** Ends the connection under whoever waits for it. */
    void abort() throws SQLException {
        connection.abort(Runnable::run);
    }

    /** Closes the connection; the stream's own end would wait for the server to have sent everything. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
