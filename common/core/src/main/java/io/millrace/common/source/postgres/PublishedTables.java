package io.millrace.common.source.postgres;

import io.millrace.common.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the captured tables are still published as a whole, asked now and then. A publication holds tables, not names:
 * one that took the name of a captured table is published to nobody, and the stream does not say so. Nor does it say
 * that somebody has given the publication a filter.
 */
final class PublishedTables implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PublishedTables.class);

    private final PostgresChangesConfig config;
    private final TableNumbers numbers;
    private final Set<String> told = new HashSet<>();
    private final RecurringStatement asking;
    private volatile @Nullable String lost;

    private PublishedTables(PostgresChangesConfig config, TableNumbers numbers) {
        this.config = config;
        this.numbers = numbers;
        asking = RecurringStatement.start(config.address(), "published tables", INTERVAL, this::ask, () -> {});
    }

    /**
     * Asks at once and then again and again, until closed.
     *
     * @param numbers of the tables when the job was started
     */
    static PublishedTables watch(PostgresChangesConfig config, TableNumbers numbers) {
        return new PublishedTables(config, numbers);
    }

    private void ask(Connection connection) throws SQLException {
        Publication publication = Publication.of(config, new Sql(connection));
        lost = publication.lost(numbers).orElse(null);
        for (String table : publication.dropped()) {
            if (told.add(table)) {
                LOG.warn("{} was dropped: its rows stay in every target as they are", table);
            }
        }
    }

    /**
     * Returns if nothing is lost, as far as the last answer goes.
     *
     * @throws TableLostException if a captured table is not published any more
     */
    void requireAll() {
        String what = lost;
        if (what != null) {
            throw new TableLostException(what);
        }
    }

    @Override
    public void close() {
        asking.close();
    }
}
