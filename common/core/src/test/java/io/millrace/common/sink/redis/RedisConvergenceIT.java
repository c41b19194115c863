package io.millrace.common.sink.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two writers, and changes in any order and number. */
@WithServers(Server.REDIS)
class RedisConvergenceIT {

    private static final JobCounters COUNTERS = new JobCounters();

    @RegisterExtension
    static final MiniClusterExtension FLINK = COUNTERS.cluster(2);

    @TempDir
    Path letters;

    private final String prefix = "converging-" + UUID.randomUUID() + ":";
    private final Random random = new Random(11);
    private PlainRedis redis;
    private RedisJob job;

    @BeforeEach
    void connect(Addresses addresses) {
        redis = new PlainRedis(addresses.redisUri());
        job = new RedisJob(addresses.redisUri(), RedisRoute.write(Rows.TABLE, prefix + "{id}"), letters);
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void convergesWhateverTheOrderAndHoweverOftenAChangeArrives() throws Exception {
        List<RowChange> history = history();
        List<RowChange> changes = new ArrayList<>(history);
        changes.addAll(history.subList(0, 1_000));
        Collections.shuffle(changes, random);

        JobID done = job.write(changes);

        assertThat(redis.values(prefix)).isEqualTo(newestRows(history));
        assertThat(redis.versions(prefix)).isEqualTo(newestVersions(history));
        assertThat(COUNTERS.counted(done, "stale")).isPositive();
        assertThat(COUNTERS.counted(done, "stale") + COUNTERS.counted(done, "recordsOut"))
                .isEqualTo(changes.size());
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void wouldNotConvergeWithoutVersions() throws Exception {
        List<RowChange> history = history();
        List<RowChange> changes = new ArrayList<>(history);
        Collections.shuffle(changes, random);

        JobID done = job.writeWithoutVersions(changes);

        assertThat(redis.values(prefix)).isNotEqualTo(newestRows(history));
        assertThat(COUNTERS.counted(done, "stale")).isZero();
    }

    private List<RowChange> history() {
        List<RowChange> changes = new ArrayList<>();
        for (long version = 1; version <= 3_000; version++) {
            long id = random.nextInt(60);
            changes.add(random.nextInt(4) == 0 ? Rows.delete(version, id) : Rows.row(version, id));
        }
        return changes;
    }

    private Map<String, String> newestRows(List<RowChange> history) {
        Map<String, String> rows = new TreeMap<>();
        for (RowChange change : history) {
            if (change.isDelete()) {
                rows.remove(redisKey(change));
            } else {
                rows.put(redisKey(change), new String(change.after(), UTF_8));
            }
        }
        return rows;
    }

    private Map<String, Long> newestVersions(List<RowChange> history) {
        Map<String, Long> versions = new TreeMap<>();
        history.forEach(change -> versions.put(redisKey(change), change.version()));
        return versions;
    }

    private String redisKey(RowChange change) {
        return prefix + new String(change.key(), UTF_8).replaceAll("\\D", "");
    }
}
