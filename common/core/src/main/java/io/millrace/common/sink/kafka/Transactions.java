package io.millrace.common.sink.kafka;

import io.millrace.common.config.Problems;
import java.io.Serializable;
import java.time.Duration;

/**
 * How an exactly-once sink uses Kafka's transactions.
 *
 * @param idPrefix begins every transactional id. One per sink, the same at every start: a restarted job aborts what
 *     its predecessor left open under this prefix, and a replay must use another one
 * @param timeout after which the broker aborts an open transaction. What a checkpoint covers and a transaction aborted
 *     too early held is lost, so it must outlast the longest checkpoint and restart
 */
public record Transactions(String idPrefix, Duration timeout) implements Serializable {

    /** Kafka's default for the largest {@code transaction.timeout.ms} that a broker grants. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(15);

    /**
     * Notes what makes these transactions unsafe.
     *
     * @param path of the transactions in the configuration
     * @param brokerLimit the broker's {@code transaction.max.timeout.ms}; see {@link BrokerLimits}
     * @param checkpointInterval from the start of a checkpoint to the start of the next
     * @param checkpointTimeout the longest a checkpoint may take
     * @param longestRestart how long the job may need to run again after a failure
     */
    public void check(
            String path,
            Duration brokerLimit,
            Duration checkpointInterval,
            Duration checkpointTimeout,
            Duration longestRestart,
            Problems problems) {
        if (idPrefix.isBlank()) {
            problems.add(
                    path + ".id-prefix",
                    "is empty; name one that no other job uses, because a job aborts every open transaction of its"
                            + " prefix when it starts");
        }
        if (timeout.compareTo(brokerLimit) > 0) {
            problems.add(
                    path + ".timeout",
                    "is " + text(timeout) + ", but the broker grants at most " + text(brokerLimit)
                            + " (transaction.max.timeout.ms); lower it, or raise the broker's limit");
        }
        Duration needed = checkpointInterval.plus(checkpointTimeout).plus(longestRestart);
        if (timeout.compareTo(needed) <= 0) {
            problems.add(
                    path + ".timeout",
                    "is " + text(timeout) + "; it must be longer than checkpoint interval, checkpoint time-out and"
                            + " longest restart together (" + text(needed) + "), because a transaction that the"
                            + " broker aborts before its checkpoint is committed is lost");
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
