package io.millrace.common.failure;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long an outage is borne before the job fails and restarts from its last checkpoint.
 *
 * @param first the first pause; each is twice the one before
 * @param longest the longest pause
 * @param giveUpAfter below the time a checkpoint may take, and below three minutes, within which Flink expects
 *     a cancelled task to be gone
 */
public record Backoff(Duration first, Duration longest, Duration giveUpAfter) implements Serializable {

    private static final long serialVersionUID = 1L;

    public Backoff {
        require(first.toMillis() > 0, "the first pause is " + first + "; it must be at least 1 ms");
        require(longest.compareTo(first) >= 0, "the longest pause, " + longest + ", is below the first, " + first);
    }

    public static Backoff defaults() {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMinutes(2));
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
