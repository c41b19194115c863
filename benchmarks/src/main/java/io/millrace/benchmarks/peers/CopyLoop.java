package io.millrace.benchmarks.peers;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads a table by {@code COPY … TO STDOUT} in binary, and throws the rows away. */
final class CopyLoop implements Peer {

    private static final int STEP = 1_000;

    private final Settings settings = new Settings();
    private @Nullable Connection connection;

    @Override
    public void prepare(Settings unused) throws SQLException {
        connection = settings.table().database().connect();
    }

    @Override
    public void run(LongConsumer progress) throws SQLException {
        Connection opened = Objects.requireNonNull(connection);
        CopyOut copy = opened.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY " + settings.get(Settings.TABLE) + " TO STDOUT (FORMAT binary)");
        long messages = 0;
        while (copy.readFromCopy() != null) {
            if (++messages % STEP == 0) {
                progress.accept(messages);
            }
        }
        progress.accept(copy.getHandledRowCount());
    }
}
