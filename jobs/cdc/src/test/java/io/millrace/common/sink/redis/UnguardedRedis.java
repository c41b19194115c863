package io.millrace.common.sink.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetterQueue;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.sink2.Sink;
import org.jspecify.annotations.Nullable;

/** The target with its guard switched off: plain commands in place of the script that compares. */
public final class UnguardedRedis implements RedisWrites {

    private final RedisClient client;
    private final RedisAsyncCommands<byte[], byte[]> redis;

    private UnguardedRedis(RedisConfig.Connection connection) {
        this.client = RedisClient.create(connection.uri());
        this.redis = client.connect(ByteArrayCodec.INSTANCE).async();
    }

    public static Sink<RowChange> sink(RedisConfig config, DeadLetterQueue deadLetters, String pipeline) {
        return new RedisTarget(config, deadLetters, pipeline, UnguardedRedis::new);
    }

    @Override
    public CompletableFuture<List<Answer>> apply(List<VersionedWrite> writes) {
        CompletableFuture<?>[] sent = writes.stream().map(this::send).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(sent).thenApply(done -> Collections.nCopies(writes.size(), Answer.APPLIED));
    }

    private CompletableFuture<?> send(VersionedWrite write) {
        byte[] value = write.value();
        RedisFuture<?> answer = value == null ? redis.del(write.keyBytes()) : redis.set(write.keyBytes(), value);
        return answer.toCompletableFuture();
    }

    @Override
    public CompletableFuture<KeyPage> scan(String pattern, @Nullable KeyPage last) {
        throw new IllegalStateException("a job that reads topics sweeps nothing");
    }

    @Override
    public CompletableFuture<List<@Nullable String>> versions(List<String> keys) {
        throw new IllegalStateException("a job that reads topics sweeps nothing");
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
