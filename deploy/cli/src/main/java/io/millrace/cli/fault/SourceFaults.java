package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.CAPTURE;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.pipeline.PlantedRecord;
import io.millrace.cli.slot.Slots;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What happens to where the changes come from, and to the changes themselves. */
final class SourceFaults {

    private static final Duration FROZEN = Duration.ofSeconds(30);
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final int DEEP = 100;
    private static final int LARGE = 1_200_000;

    private SourceFaults() {}

    static List<Fault> all() {
        String same = "the jobs go on by themselves";
        return List.of(
                Fault.of(
                        "restart-kafka",
                        "kill -9 of the broker, back after " + AWAY.toSeconds() + " s",
                        same,
                        scene -> {
                            scene.away("kafka", AWAY);
                        }),
                Fault.of("freeze-kafka", "the broker is frozen for " + FROZEN.toSeconds() + " s", same, scene -> {
                    Strikes.freeze(scene, "kafka", FROZEN);
                }),
                Fault.of("restart-postgres", "the database is restarted; its clients try again", same, scene -> {
                    scene.away("postgres", AWAY);
                }),
                Fault.of(
                        "drop-slot",
                        "the replication slot is dropped under the capture",
                        "the capture stops and names the remedy; begun anew with a higher generation, it wins",
                        SourceFaults::dropSlot),
                Fault.of(
                        "change-columns",
                        "columns are added to tables, filled in every row, renamed, dropped, widened; some get other types and"
                                + " values",
                        "every target has the columns of now",
                        SourceFaults::changeColumns),
                Fault.of(
                        "bad-input",
                        "records that are cut off, " + DEEP + " levels deep, larger than 1 MiB, and no envelope",
                        "each of them is one dead letter",
                        SourceFaults::badInput));
    }

    private static void dropSlot(Scene scene) throws SQLException, IOException, InterruptedException {
        Properties user = new Properties();
        user.setProperty("user", scene.addresses().postgresUser());
        user.setProperty("password", scene.addresses().postgresPassword());
        try (Slots slots = Slots.of(scene.addresses().postgresUrl(), user)) {
            slots.drop(slots.find(Scene.SLOT), true);
        }
        scene.say("dropped the slot " + Scene.SLOT);
        String error = scene.jobs().awaitFailed(CAPTURE);
        if (!error.contains("generation")) {
            throw new CommandFailure("the capture stopped without naming the remedy: " + error);
        }
        scene.say(CAPTURE + " has stopped: " + error);
        scene.jobs().submit(CAPTURE, null, Map.of("generation", "1"));
        scene.say("began it anew with generation 1");
    }

    /** A row is told anew when it changes; only then has it the new column. */
    private static void changeColumns(Scene scene) throws SQLException, InterruptedException {
        scene.sql("ALTER TABLE users ADD COLUMN nickname text");
        scene.sql("UPDATE users SET nickname = CASE WHEN id % 3 = 0 THEN 'n' || id END");
        scene.elapse(AWAY);
        scene.sql("ALTER TABLE products ADD COLUMN margin numeric(12, 4)");
        scene.sql("UPDATE products SET margin = stock * 0.0001");
        scene.sql("ALTER TABLE coupons ADD COLUMN honoured_until timestamptz DEFAULT '2030-01-01T00:00:00Z'");
        scene.sql("UPDATE coupons SET honoured_until = honoured_until + interval '1 day'");
        scene.elapse(AWAY);
        scene.sql("ALTER TABLE users RENAME nickname TO alias");
        retypeColumns(scene);
        scene.sql("UPDATE users SET alias = alias || '!'");
        scene.sql("ALTER TABLE products ALTER COLUMN stock TYPE bigint");
        scene.sql("UPDATE products SET stock = stock + 3000000000");
        scene.sql("ALTER TABLE coupons DROP COLUMN honoured_until");
        scene.sql("UPDATE coupons SET percent = percent");
    }

    /**
     * Gives each user other values, of which no change tells: the next change of the row does. It does not touch {@code
     * bio}, which Postgres then does not send where it is large.
     */
    private static void retypeColumns(Scene scene) throws SQLException {
        scene.sql("ALTER TABLE users ALTER COLUMN name TYPE text USING left(name, 190) || ' ' || length(name)");
        scene.sql("ALTER TABLE users ALTER COLUMN bio TYPE text USING upper(bio)");
        scene.sql("ALTER TABLE users ALTER COLUMN tier TYPE bigint USING tier + 3000000000");
    }

    private static void badInput(Scene scene) throws InterruptedException {
        String kafka = scene.addresses().kafkaBootstrap();
        scene.plant(PlantedRecord.cutOff(kafka, "users"));
        scene.plant(PlantedRecord.broken(kafka, "users", "[]"));
        scene.plant(PlantedRecord.broken(
                kafka,
                "products",
                "{\"op\":\"u\",\"after\":{\"id\":-1,\"x\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}}"));
        scene.plant(PlantedRecord.broken(
                kafka, "orders", "{\"op\":\"u\",\"after\":{\"id\":-1,\"x\":\"" + "x".repeat(LARGE) + "\"}}"));
    }
}
