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
            throw RedisFailures.forGood(config, "be swept of what " + table + " no longer holds", error);
        }
        Duration failing = Duration.ofMillis(now - began);
        if (failing.compareTo(config.backoff().giveUpAfter()) >= 0) {
            String asked = "let the sweep of " + table + " go on";
            throw RedisFailures.gaveUp(config, asked, failing, attempts, "sweeps again", error);
        }
        return now + config.backoff().pauseMillis(attempts);
    }
}
