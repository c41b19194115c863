package io.millrace.common.sink.redis;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Redis, whose keys a sweep in this JVM walks over no further than to the first that it deletes, until a test lets it go
 * on: what the test does in between strikes in the middle, however slow the machine is.
 */
final class HeldWalk implements RedisWritesProvider {

    private static final long serialVersionUID = 1L;

    private static final Map<String, CompletableFuture<Void>> GOES_ON = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();

    HeldWalk() {
        GOES_ON.put(id, new CompletableFuture<>());
    }

    /** Lets every walk go on. */
    void goOn() {
        GOES_ON.get(id).complete(null);
    }

    @Override
    public RedisWrites open(RedisConfig.Connection connection) {
        return new Held(new LettuceWrites(connection), GOES_ON.get(id));
    }

    private static final class Held implements RedisWrites {

        private final RedisWrites redis;
        private final CompletableFuture<Void> goesOn;
        private volatile boolean hasWritten;

        Held(RedisWrites redis, CompletableFuture<Void> goesOn) {
            this.redis = redis;
            this.goesOn = goesOn;
        }

        @Override
        public CompletableFuture<List<Answer>> apply(List<VersionedWrite> writes) {
            hasWritten = true;
            return redis.apply(writes);
        }

        @Override
        public CompletableFuture<KeyPage> scan(String pattern, @Nullable KeyPage last) {
            return hasWritten ? goesOn.thenCompose(now -> redis.scan(pattern, last)) : redis.scan(pattern, last);
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
