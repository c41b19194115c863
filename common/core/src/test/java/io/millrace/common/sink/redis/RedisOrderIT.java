package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.failure.FileLetters;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Batching;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two changes of one row with one version, of which the first fails at first. */
@WithServers(Server.REDIS)
class RedisOrderIT {

    private static final JobCounters COUNTERS = new JobCounters();
    private static final Batching EACH_ALONE = new Batching(1, 1024 * 1024, 4, 100, Duration.ofMillis(20));
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMinutes(5));

    @RegisterExtension
    static final MiniClusterExtension FLINK = COUNTERS.cluster(1);

    @TempDir
    Path letters;

    private final String prefix = "order-" + UUID.randomUUID() + ":";
    private PlainRedis redis;
    private RedisConfig config;

    @BeforeEach
    void connect(Addresses addresses) {
        redis = new PlainRedis(addresses.redisUri());
        config = RedisJob.config(
                RedisJob.connection(addresses.redisUri(), null, null),
                EACH_ALONE,
                BACKOFF,
                RedisRoute.write(Rows.TABLE, prefix + "{id}"));
    }

    @AfterEach
    void close() {
        redis.close();
    }

    private static RowChange named(String name) {
        return Rows.row(5, Rows.key(1), "{\"name\":\"" + name + "\"}");
    }

    @Test
    void theLaterOneStays() throws Exception {
        JobID job = write(named("earlier"), named("later"));

        assertThat(redis.values(prefix)).containsEntry(prefix + 1, "{\"name\":\"later\"}");
        assertThat(COUNTERS.counted(job, "retried")).isEqualTo(1);
    }

    @Test
    void theInsertAfterADeleteStays() throws Exception {
        write(Rows.delete(5, 1), named("later"));

        assertThat(redis.values(prefix)).containsEntry(prefix + 1, "{\"name\":\"later\"}");
    }

    /** The control: sent in the order in which a repeat would come, Redis takes both. */
    @Test
    void redisItselfTakesTheEarlierOneAfterTheLaterOne() {
        RowChangeConverter converter = new RowChangeConverter(config);
        try (LettuceWrites writes = new LettuceWrites(config.connection())) {
            writes.apply(List.of(converter.convert(named("later")).write())).join();
            writes.apply(List.of(converter.convert(named("earlier")).write())).join();
        }

        assertThat(redis.values(prefix)).containsEntry(prefix + 1, "{\"name\":\"earlier\"}");
    }

    /** Writes another row first: until Redis has answered once, the writer has only one batch in flight. */
    private JobID write(RowChange earlier, RowChange later) throws Exception {
        List<RowChange> changes = List.of(Rows.row(1, 2), earlier, later);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromData(changes, RowChangeTypeInfo.INSTANCE)
                .sinkTo(new RedisTarget(config, new FileLetters(letters), "order", EarlierFails::new));
        return env.execute("order").getJobID();
    }

    /** Redis, but for the first write of the first row, which never gets there. */
    private static final class EarlierFails implements RedisWrites {

        private final RedisWrites redis;
        private boolean failed;

        EarlierFails(RedisConfig.Connection connection) {
            this.redis = new LettuceWrites(connection);
        }

        @Override
        public CompletableFuture<List<Answer>> apply(List<VersionedWrite> writes) {
            if (failed || !writes.get(0).key().endsWith(":1")) {
                return redis.apply(writes);
            }
            failed = true;
            return CompletableFuture.completedFuture(
                    Collections.nCopies(writes.size(), Answer.failed(ScriptedWrites.away())));
        }

        @Override
        public CompletableFuture<KeyPage> scan(String pattern, @Nullable KeyPage last) {
            return redis.scan(pattern, last);
        }

        @Override
        public CompletableFuture<List<@Nullable String>> versions(List<String> keys) {
            return redis.versions(keys);
        }

        @Override
        public void close() {
            redis.close();
        }
    }
}
