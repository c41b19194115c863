package io.millrace.common.sink.redis;

import java.io.IOException;
import java.time.Duration;

/** What the job fails with when Redis does not do what it is asked. */
final class RedisFailures {

    private RedisFailures() {}

    /**
     * Redis refuses, and would again. Without the cause, which may quote what was to be written.
     *
     * @param asked continues "refuses to", as {@code be written}
     */
    static IOException forGood(RedisConfig config, String asked, Throwable error) {
        return new IOException(at(config) + " refuses to " + asked + ": " + RedisErrors.describe(error) + "; "
                + RedisErrors.remedyFor(error));
    }

    /**
     * Patience has ended.
     *
     * @param asked continues "has not", as {@code taken a write}
     * @param then what the restarted job does
     */
    static IOException gaveUp(
            RedisConfig config, String asked, Duration failing, int attempts, String then, Throwable error) {
        return new IOException(
                at(config) + " has not " + asked + " for " + failing.toSeconds() + " s and " + attempts + " attempts: "
                        + RedisErrors.describe(error) + "; the job starts again from its last checkpoint and " + then
                        + "; see why Redis is down, or raise the target's give-up-after",
                error);
    }

    /**
     * Notes a failed attempt to write.
     *
     * @throws IOException if trying again would not help, or patience has ended
     */
    static void requirePatience(RedisConfig config, RedisEntry entry, Throwable error, long now) throws IOException {
        if (RedisErrors.kindOf(error) == ErrorKind.FATAL) {
            throw forGood(config, "be written", error);
        }
        entry.failedAt(now);
        Duration failing = Duration.ofMillis(now - entry.failingSince());
        if (failing.compareTo(config.backoff().giveUpAfter()) >= 0) {
            throw gaveUp(config, "taken a write", failing, entry.failed(), "loses nothing", error);
        }
    }

    private static String at(RedisConfig config) {
        return "redis at " + config.connection().uri();
    }
}
