package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.Addresses;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.check.CheckResult;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The slot is lost, and later the database is restored from a backup: what is done is what the docs say. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class NewWorldIT {

    private static final long SEED = 23;

    @Test
    void aCaptureOfAHigherGenerationMakesEverythingEqual(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("newworld", servers);
                JobInProcess sync = pipeline.syncHere(pipeline.names().topics(), "")) {
            ShopSeed.of(200, 60, 100, SEED).plant(pipeline.database());
            String savepoint;
            try (JobInProcess capture = pipeline.captureHere(ShopSchema.TABLES)) {
                pipeline.assertEqual();
                savepoint = capture.stop(pipeline.savepoints());
            }
            // Postgres copies no database that somebody is connected to
            EndedJobs.awaitNoConnection(pipeline.database());
            Backup backup = Backup.of(servers.addresses(), pipeline.names().database());

            pipeline.dropSlot();
            changeUnheard(pipeline);
            assertRefused(pipeline, savepoint);
            assertUnequal(pipeline);
            try (JobInProcess capture = pipeline.captureHere(ShopSchema.TABLES, "generation=1")) {
                pipeline.execute("UPDATE users SET logins = logins + 1");
                pipeline.execute(
                        "INSERT INTO coupons SELECT code || '-new', percent, message, valid_until FROM coupons");
                pipeline.assertEqual();
                savepoint = capture.stop(pipeline.savepoints());
            }

            pipeline.dropSlot();
            backup.restore();
            assertRefused(pipeline, savepoint);
            assertUnequal(pipeline);
            try (JobInProcess capture = pipeline.captureHere(ShopSchema.TABLES, "generation=2")) {
                pipeline.assertEqual();
            }
        }
    }

    private static void changeUnheard(CdcPipeline pipeline) throws SQLException {
        pipeline.execute("UPDATE products SET stock = stock + 1");
        pipeline.execute("DELETE FROM order_lines WHERE order_id % 2 = 0");
        pipeline.execute("DELETE FROM coupons WHERE code < (SELECT max(code) FROM coupons)");
    }

    private static void assertRefused(CdcPipeline pipeline, String savepoint) {
        List<String> arguments = pipeline.files().capture(ShopSchema.TABLES, "at-least-once");
        assertThatThrownBy(() -> JobInProcess.start(arguments, savepoint).close())
                .hasMessageContaining(pipeline.names().slot() + " does not exist")
                .hasMessageContaining("`generation` raised by one");
    }

    /** The control: without a new capture, no target would learn of it. */
    private static void assertUnequal(CdcPipeline pipeline) {
        List<String> missed = pipeline.run(pipeline.targets(pipeline.names())).stream()
                .filter(result -> !result.isOk())
                .map(CheckResult::target)
                .toList();
        for (String target : List.of("kafka", "elasticsearch", "redis", "clickhouse", "postgres")) {
            assertThat(missed).contains(target + ".products", target + ".order_lines", target + ".coupons");
        }
    }

    /**
     * A database as it was at one time.
     *
     * @param database its name; nobody may be connected to it now
     */
    private record Backup(ShopDatabase admin, String database) {

        static Backup of(Addresses addresses, String database) throws SQLException {
            ShopDatabase admin = new ShopDatabase(addresses.postgresUrl(), addresses.postgresUser(), "");
            Backup backup = new Backup(admin, database);
            CdcPipeline.execute(admin, "CREATE DATABASE " + backup.name() + " TEMPLATE " + database);
            return backup;
        }

        void restore() throws SQLException {
            CdcPipeline.execute(admin, "DROP DATABASE " + database + " WITH (FORCE)");
            CdcPipeline.execute(admin, "ALTER DATABASE " + name() + " RENAME TO " + database);
        }

        private String name() {
            return database + "_backup";
        }
    }
}
