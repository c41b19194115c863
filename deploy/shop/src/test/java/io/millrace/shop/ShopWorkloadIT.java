package io.millrace.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.local.Addresses;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class ShopWorkloadIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private ShopDatabase shop;

    @BeforeEach
    void openTheShop(Addresses addresses) throws SQLException {
        shop = FreshShop.create(addresses, "shop_workload");
    }

    @Test
    void plantsTheRowsThatItPromises() throws SQLException {
        ShopSeed seed = ShopSeed.of(50, 20, 60, 3);
        seed.plant(shop);
        assertThat(count("users")).isEqualTo(50);
        assertThat(count("order_lines")).isEqualTo(120);
        assertThat(count("coupons")).isEqualTo(20);
        assertThat(seed.total()).isEqualTo(270);
        assertThat(number("SELECT count(*) FROM users WHERE length(bio) >= 3000"))
                .isGreaterThan(40);
        assertThat(number("SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = 'users'::regclass"))
                .as("bytes of bios that are stored outside their rows")
                .isGreaterThan(50 * 3_000);
    }

    @Test
    void playsEveryKindOfChangeAndLeavesNoSessionBehind() throws SQLException {
        ShopSeed.of(100, 100, 100, 3).plant(shop);
        try (ShopWorkload workload = ShopWorkload.start(shop, busy(6))) {
            await("every kind of change")
                    .atMost(DEADLINE)
                    .until(() -> Arrays.stream(Change.Kind.values())
                                    .allMatch(kind ->
                                            workload.counts().get(kind.name().toLowerCase(Locale.ROOT)) > 0)
                            && workload.counts().get(WorkloadCounts.RACES) > 2
                            && workload.counts().get(WorkloadCounts.ROLLBACKS) > 0);
            WorkloadCounts counts = workload.stop();
            assertThat(ShopSchema.TABLES)
                    .allSatisfy(table -> assertThat(counts.get(table)).isPositive());
        }
        await("sessions gone")
                .atMost(DEADLINE)
                .until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop_workload'"
                                + " AND pid <> pg_backend_pid()")
                        == 0);
    }

    @Test
    void keepsToItsRate() {
        try (ShopWorkload workload =
                ShopWorkload.start(shop, WorkloadOptions.seeded(1).withTransactionsPerSecond(20))) {
            long start = System.nanoTime();
            await().atMost(DEADLINE).until(() -> workload.counts().get(WorkloadCounts.COMMITS) >= 40);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
            workload.stop();
        }
    }

    @Test
    void goesOnAfterPostgresWasRestarted(LocalServers servers) {
        try (ShopWorkload workload = ShopWorkload.start(shop, busy(3))) {
            await().atMost(DEADLINE).until(() -> workload.counts().get(WorkloadCounts.COMMITS) > 10);
            servers.process("postgres").kill();
            servers.process("postgres").start();
            long before = workload.counts().get(WorkloadCounts.COMMITS);
            await("commits after the restart")
                    .atMost(DEADLINE)
                    .until(() -> workload.counts().get(WorkloadCounts.COMMITS) > before + 10);
            assertThat(workload.stop().get(WorkloadCounts.RECONNECTS)).isPositive();
        }
    }

    @Test
    void saysWhatStoppedIt() throws SQLException {
        FreshShop.execute(shop, "DROP TABLE users");
        try (ShopWorkload workload = ShopWorkload.start(shop, busy(2))) {
            await().atMost(DEADLINE).until(() -> !workload.isHealthy());
            assertThatThrownBy(workload::stop)
                    .isInstanceOf(WorkloadException.class)
                    .hasMessageContaining("relation \"users\" does not exist");
        }
    }

    @Test
    void letsTheRowWithTheLowerLsnSurviveARace() throws SQLException {
        try (Connection first = session();
                Connection second = session()) {
            FreshShop.execute(shop, "CREATE PUBLICATION race FOR TABLE users");
            FreshShop.execute(shop, "SELECT pg_create_logical_replication_slot('race', 'pgoutput')");
            assertThat(new KeyRace(first, second, new ShopRandom(1), 100).run(ShopTables.USERS, 7))
                    .as("the second session waited")
                    .isTrue();
        }
        assertThat(count("users")).isEqualTo(1);
        String changes = "SELECT lsn, get_byte(data, 0) AS kind FROM pg_logical_slot_peek_binary_changes('race', NULL,"
                + " NULL, 'proto_version', '1', 'publication_names', 'race')";
        assertThat(number("WITH changes AS (" + changes + ") SELECT count(*) FROM changes d, changes i"
                        + " WHERE d.kind = ascii('D') AND i.kind = ascii('I') AND i.lsn < d.lsn"
                        + " AND i.lsn = (SELECT max(lsn) FROM changes WHERE kind = ascii('I'))"))
                .as("the last insert is logged before the delete")
                .isEqualTo(1);
        FreshShop.execute(shop, "SELECT pg_drop_replication_slot('race')");
    }

    private WorkloadOptions busy(int clients) {
        return WorkloadOptions.seeded(11)
                .withClients(clients)
                .withTransactionsPerSecond(0)
                .withKeySpace(300);
    }

    private Connection session() throws SQLException {
        Connection connection = shop.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    private long count(String table) throws SQLException {
        return number("SELECT count(*) FROM " + table);
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
