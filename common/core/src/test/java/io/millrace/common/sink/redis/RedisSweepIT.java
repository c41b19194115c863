package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep does in a real Redis. */
@WithServers(Server.REDIS)
class RedisSweepIT {

    private static final long SNAPSHOT = 1_000_000;
    private static final RowChange SWEEP = RowChange.sweep(Rows.TABLE, SNAPSHOT);
    private static final JobCounters COUNTERS = new JobCounters();

    @RegisterExtension
    static final MiniClusterExtension FLINK = COUNTERS.cluster(2);

    @TempDir
    Path letters;

    /** Also what Redis' patterns take for more than itself. */
    private final String prefix = "sweep*[a-z]?\\-" + UUID.randomUUID() + ":";

    private LocalProcess server;
    private String uri;
    private PlainRedis redis;
    private RedisJob writing;
    private RedisJob invalidating;

    @BeforeEach
    void connect(LocalServers servers) {
        server = servers.process("redis");
        uri = servers.addresses().redisUri();
        redis = new PlainRedis(uri);
        writing = new RedisJob(uri, RedisRoute.write(Rows.TABLE, prefix + "{id}"), letters);
        invalidating = new RedisJob(uri, RedisRoute.invalidate(Rows.TABLE, prefix + "{id}"), letters);
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    /** All plain keys of the test, by what follows the prefix. */
    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (String key : redis.ask().keys("*" + prefix.substring(prefix.length() - 20) + "*")) {
            if (!key.startsWith("{")) {
                keys.add(key.substring(prefix.length()));
            }
        }
        return keys;
    }

    @Test
    void deletesWhatIsOlderThanTheSnapshotAndNothingElse() throws Exception {
        writing.write(
                List.of(Rows.row(1, 1), Rows.row(SNAPSHOT - 1, 2), Rows.row(SNAPSHOT, 3), Rows.row(SNAPSHOT + 1, 4)));

        JobID swept = writing.write(List.of(SWEEP));

        assertThat(keys()).containsExactlyInAnyOrder("3", "4");
        assertThat(redis.version(prefix + "1")).isEqualTo(SNAPSHOT);
        assertThat(redis.ask().pttl(PlainRedis.versionKey(prefix + "1")))
                .isBetween(Duration.ofHours(23).toMillis(), RedisConfig.DEFAULT_VERSION_RETENTION.toMillis());
        assertThat(COUNTERS.counted(swept, "recordsOut")).isEqualTo(2);
        assertThat(writing.letters.read()).isEmpty();
    }

    /** The control: nothing but the sweep deletes them. */
    @Test
    void leavesThemWithoutASweep() throws Exception {
        writing.write(List.of(Rows.row(1, 1), Rows.row(SNAPSHOT, 3)));

        assertThat(keys()).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void remembersTheVersionSoThatALateOlderWriteStaysRefused() throws Exception {
        writing.write(List.of(Rows.row(1, 1), Rows.row(1, 2), Rows.row(1, 3)));
        writing.write(List.of(SWEEP));

        JobID late =
                writing.write(List.of(Rows.row(SNAPSHOT - 1, 1), Rows.row(SNAPSHOT, 2), Rows.row(SNAPSHOT + 1, 3)));

        assertThat(keys()).containsExactlyInAnyOrder("2", "3");
        assertThat(COUNTERS.counted(late, "stale")).isEqualTo(1);
    }

    @Test
    void doesNotTouchWhatIsNotOfItsTable() throws Exception {
        String other = prefix.replace("sweep", "other");
        new RedisJob(uri, RedisRoute.write(Rows.TABLE, other + "{id}"), letters).write(List.of(Rows.row(1, 1)));
        new RedisJob(uri, RedisRoute.write(Rows.TABLE, prefix + "{id}:more"), letters).write(List.of(Rows.row(1, 1)));
        redis.ask().set(prefix + "without-a-version", "of a service");
        redis.ask().set(prefix + "9", "of a service");
        redis.ask().set(PlainRedis.versionKey(prefix + "9"), "not a version");
        redis.ask().set(prefix + "8", "of a service");
        redis.ask().hset(PlainRedis.versionKey(prefix + "8"), "not", "a version");
        writing.write(List.of(Rows.row(1, 1)));

        writing.write(List.of(SWEEP));

        assertThat(keys()).containsExactlyInAnyOrder("1", "1:more", "without-a-version", "8", "9");
        assertThat(redis.ask().exists(prefix + "1")).isZero();
        assertThat(redis.ask().exists(other + "1")).isEqualTo(1);
        assertThat(writing.letters.read()).isEmpty();
    }

    @Test
    void deletesFromACacheWhatHasNoNewerVersion() throws Exception {
        invalidating.write(List.of(Rows.row(1, 1), Rows.row(SNAPSHOT, 2)));
        redis.ask().set(prefix + "1", "filled before the snapshot");
        redis.ask().set(prefix + "2", "filled after the snapshot read its row");
        redis.ask().hset(prefix + "3", "filled", "before anybody listened");
        redis.ask().set(prefix + "3:more", "of another template");

        JobID swept = invalidating.write(List.of(SWEEP));

        assertThat(keys()).containsExactlyInAnyOrder("2", "3:more");
        assertThat(COUNTERS.counted(swept, "recordsOut")).isEqualTo(2);
    }

    @Test
    void comesToTheSameResultASecondTime() throws Exception {
        writing.write(List.of(Rows.row(1, 1), Rows.row(SNAPSHOT, 3)));
        writing.write(List.of(SWEEP));

        JobID second = writing.write(List.of(SWEEP, SWEEP));

        assertThat(keys()).containsExactly("3");
        assertThat(COUNTERS.counted(second, "recordsOut")).isZero();
        assertThat(COUNTERS.counted(second, "stale")).isZero();
    }

    @Test
    void findsHostileKeys() throws Exception {
        List<RowChange> changes = new ArrayList<>();
        for (String value : List.of(
                ":", "a%3Ab", "a\r\nDEL *\r\n", "nul\u0000", "}:v", "{id}", "*", "[a-z]?", "\\", "", "Zoë \u2028")) {
            String row = new ObjectMapper().writeValueAsString(Map.of("id", value));
            changes.add(Rows.row(1, row, row));
        }
        writing.write(changes);
        assertThat(keys()).hasSameSizeAs(changes);

        writing.write(List.of(SWEEP));

        assertThat(keys()).isEmpty();
    }

    @Test
    void goesOnAfterRedisWasKilledInTheMiddle() throws Exception {
        redis.ask().configSet("appendfsync", "always");
        int rows = 20_000;
        writing.write(LongStream.range(0, rows).mapToObj(id -> Rows.row(1, id)).toList());
        HeldWalk walk = new HeldWalk();
        JobClient sweeping = writing.start(List.of(SWEEP), walk);
        await("the sweep has begun").until(() -> COUNTERS.counted(sweeping.getJobID(), "recordsOut") > 0);

        server.kill();
        walk.goOn();
        await("it is tried again").until(() -> COUNTERS.counted(sweeping.getJobID(), "retried") > 0);
        server.start();

        sweeping.getJobExecutionResult().get(180, TimeUnit.SECONDS);
        assertThat(keys()).isEmpty();
        assertThat(redis.version(prefix + "0")).isEqualTo(SNAPSHOT);
        assertThat(writing.letters.read()).isEmpty();
    }
}
