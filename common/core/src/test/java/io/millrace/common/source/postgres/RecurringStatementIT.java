package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class RecurringStatementIT {

    private static final String NAME = "recurringstatement";
    private static final Duration SELDOM = Duration.ofHours(1);

    private Database database;

    @BeforeEach
    void createDatabase(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    /** What was due just before the end, and runs after the connection was closed, must not open another. */
    @Test
    void executesNothingOnceItIsClosed() throws Exception {
        BlockingQueue<Connection> executed = new LinkedBlockingQueue<>();
        RecurringStatement statement =
                RecurringStatement.start(database.address(), NAME, SELDOM, executed::add, () -> {});
        Connection first = executed.take();
        statement.execute();
        assertThat(executed.take()).isSameAs(first);

        statement.close();
        await().until(first::isClosed);
        statement.execute();

        assertThat(executed).isEmpty();
    }
}
