package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.config.Secret;
import io.millrace.common.metrics.RecordedMetrics;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.flink.metrics.Gauge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class RetainedWalIT {

    private static final String NAME = "retainedwal";
    private static final String APPLICATION = "millrace retained wal";
    private static final Duration OFTEN = Duration.ofMillis(20);

    private Database database;
    private RetainedWal retained;

    @BeforeEach
    void createSlot(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute("CREATE TABLE t (id int PRIMARY KEY, big text)");
        makeSlot();
        retained = new RetainedWal(database.address(), NAME, new WalLimits(1_000_000, 3_000_000), OFTEN);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        retained.close();
        database.close();
    }

    @Test
    void growsWithWhatTheSlotHasNotConfirmedAndShrinksAgain() throws Exception {
        await().until(() -> retained.bytes() >= 0);
        long before = retained.bytes();

        database.execute("INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 2000) i");

        await().until(() -> retained.bytes() > before + 2_000_000);
        assertThat(retained.bytes())
                .isLessThanOrEqualTo(Long.parseLong(database.value(
                        "SELECT pg_current_wal_lsn() - restart_lsn FROM pg_replication_slots WHERE slot_name = '" + NAME
                                + "'")));

        dropSlot();
        makeSlot();
        await().until(() -> retained.bytes() >= 0 && retained.bytes() < 2_000_000);
    }

    @Test
    void tellsWhenItPassesALimit() throws Exception {
        RecordedMetrics metrics = new RecordedMetrics();
        retained.register(metrics);
        await().until(() -> level(metrics) == 0);

        database.execute("INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 1500) i");
        await().until(() -> level(metrics) == 1);
        database.execute("INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1501, 4000) i");
        await().until(() -> level(metrics) == 2);

        dropSlot();
        await().until(() -> level(metrics) == -1);
        makeSlot();
        await().until(() -> level(metrics) == 0);
    }

    private static int level(RecordedMetrics metrics) {
        return (Integer) ((Gauge<?>) metrics.metric("millrace.retainedWalLevel")).getValue();
    }

    @Test
    void isUnknownWhileTheSlotIsGone() throws Exception {
        await().until(() -> retained.bytes() >= 0);

        dropSlot();
        await().until(() -> retained.bytes() == RetainedWal.UNKNOWN);

        makeSlot();
        await().until(() -> retained.bytes() >= 0);
    }

    @Test
    void connectsAgainWhenItsSessionIsEnded() throws Exception {
        await().until(() -> retained.bytes() >= 0);
        String first = session();
        assertThat(first).isNotEmpty();

        await().until(() -> database.kill(APPLICATION) == 1);

        await().until(() -> !session().isEmpty() && !session().equals(first));
        await().until(() -> retained.bytes() >= 0);
    }

    @Test
    void isUnknownWhileTheDatabaseIsNotReachedAndThenKnown() throws Exception {
        await().until(() -> retained.bytes() >= 0);

        database.asAdministrator("ALTER DATABASE " + NAME + " ALLOW_CONNECTIONS false");
        database.kill(APPLICATION);
        await().until(() -> retained.bytes() == RetainedWal.UNKNOWN);

        database.asAdministrator("ALTER DATABASE " + NAME + " ALLOW_CONNECTIONS true");
        await().until(() -> retained.bytes() >= 0);
    }

    @Test
    void aServerThatIsNotThereIsUnknownAndNothingMore() {
        PostgresAddress nobody = new PostgresAddress("127.0.0.1", 1, NAME, "postgres", new Secret(Database.PASSWORD));

        try (RetainedWal unknown = new RetainedWal(nobody, NAME, WalLimits.DEFAULT)) {
            assertThat(unknown.bytes()).isEqualTo(RetainedWal.UNKNOWN);
        }
    }

    @Test
    void isShownAsAGauge() {
        RecordedMetrics metrics = new RecordedMetrics();

        retained.register(metrics);

        await().until(() -> ((Gauge<?>) metrics.metric("millrace.retainedWalBytes")).getValue() instanceof Long bytes
                && bytes >= 0);
    }

    @Test
    void hasOneSessionAndEndsItWhenClosed() throws Exception {
        await().until(() -> retained.bytes() >= 0);
        assertThat(session()).containsOnlyDigits();
        // that of a job which another test has cancelled may come to its end only now
        await().until(() -> threads() == 1);

        retained.close();

        await().until(() -> session().isEmpty() && threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("postgres-retained-wal") && thread.isDaemon())
                .count();
    }

    private String session() throws SQLException {
        return database.value("SELECT string_agg(pid::text, ',') FROM pg_stat_activity WHERE datname = '" + NAME
                + "' AND application_name = '" + APPLICATION + "'");
    }

    private void makeSlot() throws SQLException {
        database.execute("SELECT pg_create_logical_replication_slot('" + NAME + "', 'pgoutput')");
    }

    private void dropSlot() throws SQLException {
        database.execute("SELECT pg_drop_replication_slot('" + NAME + "')");
    }
}
