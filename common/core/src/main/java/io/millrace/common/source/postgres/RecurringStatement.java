package io.millrace.common.source.postgres;

import io.millrace.common.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that a database is asked or told again and again, at once and after each interval, over a connection and on
 * a thread of its own. A failure reaches nobody else: the connection is made anew the next time.
 */
final class RecurringStatement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecurringStatement.class);

    private static final int ANSWER_MILLIS = 10_000;

    /** Before the connection is given up: a session that waits for a lock or a standby does not notice that. */
    private static final String END_IN_TIME = "SET statement_timeout = " + ANSWER_MILLIS / 2;

    private final PostgresAddress address;
    private final String purpose;
    private final Statement statement;
    private final Runnable failed;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(this::thread);
    private volatile boolean closed;
    private @Nullable Connection connection;
    private boolean failing;

    private RecurringStatement(PostgresAddress address, String purpose, Statement statement, Runnable failed) {
        this.address = address;
        this.purpose = purpose;
        this.statement = statement;
        this.failed = failed;
    }

    /**
     * Starts.
     *
     * @param purpose names the session and the thread, and what failed
     * @param interval from an end to the next begin
     * @param failed runs after each failure
     */
    static RecurringStatement start(
            PostgresAddress address, String purpose, Duration interval, Statement statement, Runnable failed) {
        RecurringStatement started = new RecurringStatement(address, purpose, statement, failed);
        ScheduledFuture<?> unused =
                started.thread.scheduleWithFixedDelay(started::execute, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return started;
    }

    private Thread thread(Runnable work) {
        Thread thread =
                new Thread(work, "postgres-" + purpose.toLowerCase(Locale.ROOT).replace(' ', '-'));
        thread.setDaemon(true);
        return thread;
    }

    synchronized void execute() {
        if (closed) {
            return;
        }
        try {
            if (connection == null) {
                connection = connect();
            }
            statement.execute(connection);
            failing = false;
        } catch (SQLException | RuntimeException e) {
            if (!failing && !closed) {
                LOG.warn("{} in {} fails, and is tried again: {}", purpose, address.url(), e.getMessage());
            }
            failing = true;
            failed.run();
            disconnect();
        }
    }

    private Connection connect() throws SQLException {
        Connection made = address.connect(purpose);
        try (java.sql.Statement setting = made.createStatement()) {
            made.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            setting.execute(END_IN_TIME);
            return made;
        } catch (SQLException e) {
            made.close();
            throw e;
        }
    }

    private synchronized void disconnect() {
        try (Connection open = connection) {
            connection = null;
        } catch (SQLException e) {
            LOG.debug("the connection for {} did not close", purpose, e);
        }
    }

    /** Waits for nobody. The connection is closed by the thread that uses it. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            thread.execute(this::disconnect);
            thread.shutdown();
        }
    }

    /** What is executed; it may leave its connection in any state that its next execution can bear. */
    @FunctionalInterface
    interface Statement {

        void execute(Connection connection) throws SQLException;
    }
}
