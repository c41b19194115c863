package io.millrace.common.source.postgres.added;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.SourceBlock;
import io.millrace.common.source.postgres.TableRows;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One table while it is read: waits for who writes to it, reads its rows, and reads them again if it was truncated. */
final class TableReading implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableReading.class);

    private static final long MILLIS_BETWEEN_LOOKS = 100;
    private static final byte[] NO_KEY = new byte[0];

    private final String name;
    private final PostgresChangesConfig config;
    private final TableLog log;
    private boolean settled;
    private @Nullable TableRows rows;

    private TableReading(String name, PostgresChangesConfig config, TableLog log) {
        this.name = name;
        this.config = config;
        this.log = log;
    }

    static TableReading begin(AddedTable table, PostgresChangesConfig config) throws SQLException {
        TableLog log = new TableLog(config.address(), table.name());
        try {
            log.begin(table.begin());
            return new TableReading(table.name(), config, log);
        } catch (SQLException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** Returns the next rows, of which there may be none yet; nothing at the end. */
    Optional<List<ReadRow>> next() throws IOException, SQLException, InterruptedException {
        if (!settled) {
            return awaitWriters();
        }
        TableRows open = rows == null ? new TableRows(config, name) : rows;
        rows = open;
        log.keepAlive();
        Optional<List<RowChange>> next = open.next();
        if (next.isEmpty() && log.isRewritten()) {
            beginAgain(open);
            return Optional.of(List.of());
        }
        return next.map(read -> read.stream().map(this::read).toList());
    }

    private Optional<List<ReadRow>> awaitWriters() throws SQLException, InterruptedException {
        settled = log.isSettled();
        if (!settled) {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
        return Optional.of(List.of());
    }

    private void beginAgain(TableRows read) throws IOException, SQLException {
        LOG.info("{} was truncated while it was read, and is read again", name);
        read.close();
        rows = null;
        settled = false;
        log.beginAgain();
    }

    private ReadRow read(RowChange row) {
        return new ReadRow(row.withVersion(log.begun().position()), log.begun());
    }

    /** Returns what says that there are no other rows. */
    ReadRow end() {
        long position = log.begun().position();
        byte[] block = SourceBlock.of(config).at(name, position);
        return read(new RowChange(
                name,
                Operation.TRUNCATE,
                position,
                NO_KEY,
                null,
                null,
                null,
                new SourcePosition(position, 0, 0, true, block),
                null));
    }

    @Override
    public void close() throws IOException, SQLException {
        try (TableLog unused = log) {
            TableRows open = rows;
            rows = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
