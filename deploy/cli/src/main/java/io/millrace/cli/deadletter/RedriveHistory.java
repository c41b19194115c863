package io.millrace.cli.deadletter;

import java.util.HashMap;
import java.util.Map;

/** How often each record has failed, and how often it was sent again. */
final class RedriveHistory {
    private final Map<RedriveKey, Integer> failed = new HashMap<>();
    private final Map<RedriveKey, Integer> sent = new HashMap<>();

    /** Notes a letter of the dead-letter topic. */
    void addFailed(Letter letter) {
        failed.merge(RedriveKey.of(letter), letter.attempt(), Math::max);
    }

    /** Notes a letter that stands in a pipeline's redrive topic. */
    void addSent(Letter letter) {
        sent.merge(RedriveKey.of(letter), letter.attempt(), Math::max);
    }

    /** The attempt that a letter tells of, if no other letter tells of a later one. */
    boolean isLatest(Letter letter) {
        return letter.attempt() >= attempts(RedriveKey.of(letter));
    }

    /** How often it has failed. */
    int attempts(RedriveKey record) {
        return failed.getOrDefault(record, 1);
    }

    /** Whether it was sent again since it failed last. */
    boolean isSent(RedriveKey record) {
        return sent.getOrDefault(record, 1) > attempts(record);
    }
}
