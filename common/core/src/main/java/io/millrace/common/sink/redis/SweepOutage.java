package io.millrace.common.sink.redis;

import java.io.IOException;
import java.time.Duration;

/** Redis does not let a sweep go on: the pauses between attempts, until patience ends. */
final class SweepOutage {

    private final RedisConfig config;
    private final String table;
    private final long began;
    private int attempts;

    /** Begins with the first attempt that failed, at this time in epoch milliseconds. */
    SweepOutage(RedisConfig config, String table, long began) {
        this.config = config;
        this.table = table;
        this.began = began;
    }

    /**
     * Notes an attempt that failed.
     *
     * @return when to try again, in epoch milliseconds
     * @throws IOException if trying again would not help, or patience has ended
     */
    long failed(Throwable error, long now) throws IOException {
        attempts++;
        if (RedisErrors.kindOf(error) != ErrorKind.TRANSIENT) {
            throw new IOException(
                    "redis at " + config.connection().uri() + " refuses to be swept of what " + table
                            + " no longer holds: " + RedisErrors.describe(error) + "; " + RedisErrors.remedyFor(error),
                    error);
        }
        Duration failing = Duration.ofMillis(now - began);
        if (failing.compareTo(config.backoff().giveUpAfter()) >= 0) {
            throw new IOException(
                    "redis at " + config.connection().uri() + " has not let the sweep of " + table + " go on for "
                            + failing.toSeconds() + " s and " + attempts + " attempts: " + RedisErrors.describe(error)
                            + "; the job starts again from its last checkpoint and sweeps again; see why Redis is"
                            + " down, or raise the target's give-up-after",
                    error);
        }
        return now + config.backoff().pauseMillis(attempts);
    }
}
