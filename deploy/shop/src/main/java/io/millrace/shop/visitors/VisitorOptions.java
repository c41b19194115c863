package io.millrace.shop.visitors;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How visitors behave. Their time is not that of the machine: it begins in the past, and runs faster.
 *
 * @param seed decides what everybody does
 * @param begin when the first visitor comes
 * @param history how much has happened when they are started
 * @param speed how much faster than the machine's their time runs
 * @param latest how far behind the machine's clock their time stays: from there on both are equally fast
 * @param sessionsPerMinute of their time; a session is some 20 events
 * @param users how many there are; a few come much more often than most
 */
public record VisitorOptions(
        long seed,
        Instant begin,
        Duration history,
        double speed,
        Duration latest,
        double sessionsPerMinute,
        int users) {

    /** Kafka refuses records of more than an hour in the future, and at the end visitors play up to three hours at once. */
    private static final Duration LATEST = Duration.ofHours(4);

    /** Checks every value. */
    public VisitorOptions {
        require(!history.isNegative(), "history", history, "0 or longer");
        require(speed > 0, "speed", speed, "above 0");
        require(sessionsPerMinute > 0, "sessionsPerMinute", sessionsPerMinute, "above 0");
        require(users >= 1, "users", users, "at least 1");
    }

    /** Three hours of history that began 15 hours ago, and then a minute in each second. */
    public static VisitorOptions seeded(long seed) {
        return beginning(Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(15)), seed);
    }

    /** The same, from another time on. */
    public static VisitorOptions beginning(Instant begin, long seed) {
        return new VisitorOptions(seed, begin, Duration.ofHours(3), 60, LATEST, 4, 400);
    }

    public VisitorOptions withSpeed(double faster) {
        return new VisitorOptions(seed, begin, history, faster, latest, sessionsPerMinute, users);
    }

    public VisitorOptions withHistory(Duration length) {
        return new VisitorOptions(seed, begin, length, speed, latest, sessionsPerMinute, users);
    }

    public VisitorOptions withSessionsPerMinute(double rate) {
        return new VisitorOptions(seed, begin, history, speed, latest, rate, users);
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("`" + name + "` is " + value + "; it must be " + rule);
        }
    }
}
