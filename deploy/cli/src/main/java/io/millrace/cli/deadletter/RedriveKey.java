package io.millrace.cli.deadletter;

/**
 * A record that a pipeline failed on. Several letters can tell of it: one for each target, and one more for each time
 * that it failed again.
 *
 * @param source {@code topic/partition@offset}
 */
record RedriveKey(String pipeline, String source) {
    private static final String TOPIC_END = ".redrive";

    static RedriveKey of(Letter letter) {
        return new RedriveKey(letter.text(LetterHeader.PIPELINE), letter.source());
    }

    /** The topic that the pipeline takes its letters back from. */
    String topic() {
        return pipeline + TOPIC_END;
    }
}
