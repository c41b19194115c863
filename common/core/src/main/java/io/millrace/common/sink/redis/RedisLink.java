package io.millrace.common.sink.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * A connection to one Redis, or to all nodes of a cluster.
 *
 * @param batched whether commands wait until they are flushed
 */
record RedisLink(
        StatefulConnection<byte[], byte[]> connection,
        RedisClusterAsyncCommands<byte[], byte[]> commands,
        boolean batched) {

    /** Sends what waits. */
    void flush() {
        if (batched) {
            connection.flushCommands();
        }
    }
}
