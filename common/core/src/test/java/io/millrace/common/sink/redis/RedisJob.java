package io.millrace.common.sink.redis;

import io.millrace.common.config.Secret;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.failure.FileLetters;
import io.millrace.common.serde.DocumentWriter;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Batching;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A job that writes a given list of changes of {@link Rows#TABLE} to Redis, with two writers. */
final class RedisJob {

    static final Batching BATCHING = new Batching(50, 1024 * 1024, 4, 1_000, Duration.ofMillis(20));
    static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMinutes(5));

    final FileLetters letters;
    private final RedisConfig config;

    RedisJob(String uri, RedisRoute route, Path letters) {
        this(config(connection(uri, null, null), BATCHING, BACKOFF, route), letters);
    }

    RedisJob(RedisConfig config, Path letters) {
        this.letters = new FileLetters(letters);
        this.config = config;
    }

    static Connection connection(String uri, @Nullable String username, @Nullable Secret password) {
        return new Connection(uri, username, password, null, Duration.ofSeconds(2), false);
    }

    static RedisConfig config(Connection connection, Batching batching, Backoff backoff, RedisRoute route) {
        return new RedisConfig(
                connection,
                batching,
                backoff,
                RedisConfig.DEFAULT_VERSION_RETENTION,
                DocumentWriter.MOST_BYTES,
                FailurePolicy.DEAD_LETTER,
                List.of(route));
    }

    Sink<RowChange> sink() {
        return RedisTarget.atLeastOnce(config, letters, "test");
    }

    /** Writes and returns when everything is done. */
    JobID write(List<RowChange> changes) throws Exception {
        return environment(changes, sink()).execute("redis").getJobID();
    }

    /** Writes and does not wait. */
    JobClient start(List<RowChange> changes) throws Exception {
        return environment(changes, sink()).executeAsync("redis");
    }

    /** Does the same by somebody else's connections. */
    JobClient start(List<RowChange> changes, RedisWritesProvider redis) throws Exception {
        return environment(changes, new RedisTarget(config, letters, "test", redis))
                .executeAsync("redis");
    }

    private static StreamExecutionEnvironment environment(List<RowChange> changes, Sink<RowChange> sink) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.getConfig().disableGenericTypes();
        env.fromData(changes, RowChangeTypeInfo.INSTANCE)
                .rebalance()
                .sinkTo(sink)
                .setParallelism(2);
        return env;
    }

    /** The control: with one version for all, Redis takes every write. */
    JobID writeWithoutVersions(List<RowChange> changes) throws Exception {
        return write(changes.stream().map(change -> change.withVersion(1)).toList());
    }
}
