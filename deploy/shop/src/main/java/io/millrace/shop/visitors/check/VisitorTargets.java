package io.millrace.shop.visitors.check;

import io.millrace.shop.visitors.VisitorTopics;
import java.time.Duration;
import java.time.Instant;

/**
 * What a job reads and writes, as far as its results follow from that.
 *
 * @param pipeline the job's name
 * @param database that the tables are in
 * @param detected topic of high-value users
 * @param since results of windows that begin before are those of others
 * @param disorder how far the job's time is behind the events
 * @param mostTerms how many search terms of a window are kept
 */
public record VisitorTargets(
        String bootstrap,
        String clickhouse,
        String database,
        String redis,
        VisitorTopics topics,
        String detected,
        String late,
        String deadLetters,
        String pipeline,
        Instant since,
        Duration disorder,
        int mostTerms) {

    /** Returns those of the job that the contracts describe. */
    public static VisitorTargets standard(
            String bootstrap, String clickhouse, String redis, Instant since, Duration disorder, int mostTerms) {
        return new VisitorTargets(
                bootstrap,
                clickhouse,
                "millrace",
                redis,
                VisitorTopics.standard(),
                "high-value-user-detected",
                "late-events",
                "dead-letter-queue",
                "analytics",
                since,
                disorder,
                mostTerms);
    }
}
