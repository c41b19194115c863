package io.millrace.common.sink.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes to channels of Redis, which keeps nothing for those that do not listen. */
public interface Publisher extends AutoCloseable {

    /** What is published where. Arrays are shared and must not be written to. */
    record Message(byte[] channel, byte[] body) {}

    /**
     * What came of some messages.
     *
     * @param taken how many of them, from the first on, Redis has taken for sure
     * @param error why not the next one; null if it has taken all
     */
    record Published(int taken, @Nullable Throwable error) {

        /** Whether Redis would refuse it again. */
        public boolean isForGood() {
            return error != null && RedisErrors.kindOf(error) != ErrorKind.TRANSIENT;
        }

        /** Returns what Redis answered, and what to do about it. */
        public String reason() {
            return error == null ? "" : RedisErrors.describe(error) + "; " + RedisErrors.remedyFor(error);
        }
    }

    /** Makes one; it connects with its first messages. */
    static Publisher to(RedisConfig.Connection connection) {
        return new LettucePublisher(connection);
    }

    /**
     * Publishes messages in their order; an error does not keep those behind it from being published. To be called when
     * the last call has been answered. Completes on a thread of the client, and never exceptionally.
     */
    CompletableFuture<Published> publish(List<Message> messages);

    @Override
    void close();
}
