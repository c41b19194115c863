package io.millrace.common.sink.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All that this sink asks of Redis. */
interface RedisWrites extends RedisKeys, AutoCloseable {

    /**
     * Sends writes without waiting.
     *
     * @return one answer for each write, in their order; completes on any thread, never exceptionally
     */
    CompletableFuture<List<Answer>> apply(List<VersionedWrite> writes);

    @Override
    void close();
}
