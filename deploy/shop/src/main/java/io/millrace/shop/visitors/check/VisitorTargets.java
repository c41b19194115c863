package io.millrace.shop.visitors.check;

import io.millrace.shop.visitors.VisitorTopics;
import java.time.Duration;
import java.time.Instant;

/**
 * What a job reads and writes, as far as its results follow from that.
 *
 * @param database that the tables are in
 * @param topics that it reads
 * @param told topics that it writes
 * @param pipeline the job's name
 * @param since results of windows that begin before are those of others
 * @param disorder how far the job's time is behind the events
 * @param mostTerms how many search terms of a window are kept
 * @param leastUsers of an experiment whose split is judged
 */
public record VisitorTargets(
        String bootstrap,
        String clickhouse,
        String database,
        String redis,
        VisitorTopics topics,
        Told told,
        String pipeline,
        Instant since,
        Duration disorder,
        int mostTerms,
        int leastUsers) {

    /**
     * Topics that a job tells something.
     *
     * @param detected high-value users
     * @param alerts of experiments
     */
    public record Told(String detected, String alerts, String late, String deadLetters) {

        /** Returns those of the contracts. */
        public static Told standard() {
            return new Told("high-value-user-detected", "alerts", "late-events", "dead-letter-queue");
        }
    }
}
