package io.millrace.common.sink.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds keys in Redis. What is returned completes on any thread, exceptionally if Redis does not do what it is asked. */
interface RedisKeys {

    /** Stands for the version of a key that remembers something else than a version. */
    String NO_VERSION = "";

    /**
     * Reads the next keys without holding Redis up. Every key that is there all the time comes at least once; after
     * a connection has broken, all come again.
     *
     * @param pattern with Redis' own wildcards
     * @param last the page before; null to begin
     */
    CompletableFuture<KeyPage> scan(String pattern, @Nullable KeyPage last);

    /** Returns what is remembered as the version of each plain key: null for nothing, or {@link #NO_VERSION}. */
    CompletableFuture<List<@Nullable String>> versions(List<String> keys);
}
