package io.millrace.common.sink.notification;

import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import java.io.Serializable;

/**
 * How Socket.IO servers are reached: through the Redis that their adapter uses.
 *
 * @param key what the adapter's option of this name is, {@code socket.io} by default: begins each channel
 */
public record SocketIoConfig(Connection redis, Backoff backoff, String key) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final String DEFAULT_KEY = "socket.io";
}
