package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@WithServers(Server.REDIS)
class RedisTargetIT {

    private static final JobCounters COUNTERS = new JobCounters();

    @RegisterExtension
    static final MiniClusterExtension FLINK = COUNTERS.cluster(2);

    private static final long BEYOND_DOUBLE = 1L << 53;

    @TempDir
    Path letters;

    private final String prefix = "users-" + UUID.randomUUID() + ":";
    private final RedisRoute writing = RedisRoute.write(Rows.TABLE, prefix + "{id}");
    private String uri;
    private PlainRedis redis;

    @BeforeEach
    void connect(Addresses addresses) {
        uri = addresses.redisUri();
        redis = new PlainRedis(uri);
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    private RedisJob job(RedisRoute route) {
        return new RedisJob(uri, route, letters);
    }

    @Test
    void writesJsonUnderThePlainKeyAndItsVersionBesideIt() throws Exception {
        RedisJob job = job(writing);

        JobID first = job.write(List.of(Rows.row(1, 1), Rows.row(2, 2), Rows.row(3, 3)));
        job.write(List.of(Rows.row(4, 2), Rows.delete(5, 3), Rows.delete(6, 4)));

        assertThat(redis.values(prefix))
                .isEqualTo(Map.of(prefix + "1", Rows.document(1, 1), prefix + "2", Rows.document(4, 2)));
        assertThat(redis.versions(prefix))
                .isEqualTo(Map.of(prefix + "1", 1L, prefix + "2", 4L, prefix + "3", 5L, prefix + "4", 6L));
        assertThat(redis.ask().get("{" + prefix + "1}:v")).isEqualTo("0000000000000000001");
        assertThat(COUNTERS.counted(first, "recordsOut")).isEqualTo(3);
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void writesAHashWholeAndRefusesAnOlderOne() throws Exception {
        RedisJob job = job(writing.asHash().withTimeToLive(Duration.ofMinutes(1)));
        job.write(List.of(Rows.row(
                2,
                Rows.key(1),
                "{\"id\":1,\"gone\":\"later\",\"none\":null,\"n\":12.25,\"yes\":true,\"list\":[1,{\"a\":\"b\"}]}")));
        assertThat(redis.ask().hgetall(prefix + "1"))
                .isEqualTo(
                        Map.of("id", "1", "gone", "later", "n", "12.25", "yes", "true", "list", "[1,{\"a\":\"b\"}]"));
        assertThat(redis.ask().pttl(prefix + "1")).isBetween(1L, 60_000L);

        job.write(List.of(Rows.row(3, Rows.key(1), "{\"id\":1,\"n\":13}"), Rows.row(3, Rows.key(2), "{\"id\":2}")));
        JobID older = job.write(List.of(Rows.row(1, Rows.key(1), "{\"id\":1,\"n\":11}"), Rows.delete(4, 2)));

        assertThat(redis.ask().hgetall(prefix + "1")).isEqualTo(Map.of("id", "1", "n", "13"));
        assertThat(redis.ask().hgetall(prefix + "2")).isEmpty();
        assertThat(COUNTERS.counted(older, "stale")).isEqualTo(1);
        assertThat(job.letters.read()).isEmpty();
    }

    /** Whatever stood under the key before, such as the JSON of an earlier configuration. */
    @Test
    void aHashTakesThePlaceOfATextAndATextThatOfAHash() throws Exception {
        job(writing).write(List.of(Rows.row(1, 1)));
        job(writing.asHash()).write(List.of(Rows.row(2, 1)));
        assertThat(redis.ask().hgetall(prefix + "1")).isEqualTo(Map.of("id", "1", "v", "2"));

        job(writing).write(List.of(Rows.row(3, 1)));
        assertThat(redis.ask().get(prefix + "1")).isEqualTo(Rows.document(3, 1));
    }

    @Test
    void writesOnlyTheColumnsOfItsRoute() throws Exception {
        job(writing.excluding(Set.of("v"))).write(List.of(Rows.row(1, 1)));

        assertThat(redis.values(prefix)).isEqualTo(Map.of(prefix + "1", "{\"id\":1}"));
    }

    @Test
    void deletesTheKeyAndKeepsTheVersionWhereItInvalidates() throws Exception {
        RedisJob job = job(RedisRoute.invalidate(Rows.TABLE, prefix + "{id}"));
        redis.ask().set(prefix + "1", "filled by a service");
        redis.ask().set(prefix + "2", "filled by a service");
        redis.ask().set(prefix + "3", "of a row that does not change");

        job.write(List.of(Rows.row(7, 1), Rows.delete(8, 2)));

        assertThat(redis.values(prefix)).containsOnlyKeys(prefix + "3");
        assertThat(redis.versions(prefix)).isEqualTo(Map.of(prefix + "1", 7L, prefix + "2", 8L));
        assertThat(redis.ask().pttl(PlainRedis.versionKey(prefix + "1")))
                .isBetween(Duration.ofHours(23).toMillis(), RedisConfig.DEFAULT_VERSION_RETENTION.toMillis());
    }

    @Test
    void leavesAloneWhatAServiceFilledAfterANewerChange() throws Exception {
        RedisJob job = job(RedisRoute.invalidate(Rows.TABLE, prefix + "{id}"));
        job.write(List.of(Rows.row(7, 1)));
        redis.ask().set(prefix + "1", "read after version 7");

        job.write(List.of(Rows.row(6, 1)));
        assertThat(redis.values(prefix)).containsOnlyKeys(prefix + "1");

        job.write(List.of(Rows.row(7, 1)));
        assertThat(redis.values(prefix)).isEmpty();
    }

    @Test
    void refusesAnOlderVersionAndCountsItAsStale() throws Exception {
        RedisJob job = job(writing);
        job.write(List.of(Rows.row(10, 1), Rows.row(10, 2)));

        JobID older = job.write(List.of(Rows.row(9, 1), Rows.delete(9, 2)));
        assertThat(redis.values(prefix).values()).containsExactly(Rows.document(10, 1), Rows.document(10, 2));
        assertThat(COUNTERS.counted(older, "stale")).isEqualTo(2);
        assertThat(COUNTERS.counted(older, "recordsOut")).isZero();

        JobID equal = job.write(List.of(Rows.row(10, Rows.key(1), "{\"again\":true}")));
        assertThat(redis.ask().get(prefix + "1")).isEqualTo("{\"again\":true}");
        assertThat(COUNTERS.counted(equal, "stale")).isZero();
        assertThat(COUNTERS.counted(equal, "recordsOut")).isEqualTo(1);
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void isNotTalkedIntoBringingADeletedRowBack() throws Exception {
        RedisJob job = job(writing);
        job.write(List.of(Rows.row(1, 1), Rows.row(1, 2)));
        job.write(List.of(Rows.delete(5, 1), Rows.delete(5, 2)));

        JobID late = job.write(List.of(Rows.row(4, 1), Rows.row(6, 2)));

        assertThat(redis.values(prefix)).isEqualTo(Map.of(prefix + "2", Rows.document(6, 2)));
        assertThat(redis.version(prefix + "1")).isEqualTo(5);
        assertThat(COUNTERS.counted(late, "stale")).isEqualTo(1);
    }

    @Test
    void comparesVersionsThatDoublesCannotTellApart() throws Exception {
        RedisJob job = job(writing);
        job.write(List.of(Rows.row(BEYOND_DOUBLE + 1, 1), Rows.row(Long.MAX_VALUE, 2), Rows.row(10, 3)));

        JobID older = job.write(List.of(Rows.row(BEYOND_DOUBLE, 1), Rows.row(Long.MAX_VALUE - 1, 2), Rows.row(9, 3)));

        assertThat((double) (BEYOND_DOUBLE + 1)).isEqualTo((double) BEYOND_DOUBLE);
        assertThat(COUNTERS.counted(older, "stale")).isEqualTo(3);
        assertThat(redis.values(prefix).values())
                .containsExactly(
                        Rows.document(BEYOND_DOUBLE + 1, 1), Rows.document(Long.MAX_VALUE, 2), Rows.document(10, 3));
    }

    @Test
    void letsAValueExpireAndItsVersionOutliveIt() throws Exception {
        Duration hour = Duration.ofHours(1);
        job(writing.withTimeToLive(hour)).write(List.of(Rows.row(5, 1)));
        assertThat(redis.ask().pttl(prefix + "1")).isBetween(1L, hour.toMillis());
        assertThat(redis.ask().pttl(PlainRedis.versionKey(prefix + "1")))
                .isBetween(Duration.ofHours(24).toMillis(), Duration.ofHours(25).toMillis());

        RedisJob shortLived = job(writing.withTimeToLive(Duration.ofMillis(300)));
        shortLived.write(List.of(Rows.row(6, 1)));
        await("the value expires").until(() -> redis.values(prefix).isEmpty());
        shortLived.write(List.of(Rows.row(5, 1)));

        assertThat(redis.values(prefix)).isEmpty();
        assertThat(redis.version(prefix + "1")).isEqualTo(6);
    }

    @Test
    void keepsAValueWithoutATimeToLive() throws Exception {
        job(writing).write(List.of(Rows.row(5, 1)));

        assertThat(redis.ask().pttl(prefix + "1")).isEqualTo(-1);
        assertThat(redis.ask().pttl(PlainRedis.versionKey(prefix + "1"))).isEqualTo(-1);
    }

    @Test
    void putsARowThatRedisRefusesAsideAndWritesTheRestOfItsBatch() throws Exception {
        redis.ask().hset(PlainRedis.versionKey(prefix + "77"), "not", "a version");
        redis.ask().set(PlainRedis.versionKey(prefix + "78"), "not a version");
        List<RowChange> changes = new ArrayList<>();
        for (int id = 0; id < 150; id++) {
            changes.add(id == 79 ? Rows.row(id, Rows.key(id), "{\"secret\":\"") : Rows.row(id, id));
        }
        RedisJob job = job(writing);

        JobID done = job.write(changes);

        assertThat(redis.values(prefix)).hasSize(147).doesNotContainKeys(prefix + "77", prefix + "78", prefix + "79");
        assertThat(COUNTERS.counted(done, "deadLettered")).isEqualTo(3);
        assertThat(job.letters.read())
                .hasSize(3)
                .noneMatch(letter -> letter.contains("secret"))
                .anyMatch(letter -> letter.startsWith("77 redis.public.users WRONGTYPE "))
                .anyMatch(letter -> letter.startsWith("78 redis.public.users BADVERSION "))
                .anyMatch(
                        letter -> letter.startsWith("79 redis.public.users io.millrace.common.failure.DataException"));
    }
}
