package io.millrace.cli.deadletter;

/** The headers that say where a dead letter comes from and why; the source record's own follow them. */
enum LetterHeader {
    SOURCE_TOPIC,
    SOURCE_PARTITION,
    SOURCE_OFFSET,
    SOURCE_TIMESTAMP,
    VERSION,
    PIPELINE,
    STAGE,
    ERROR_CLASS,
    ERROR_MESSAGE,
    ATTEMPT,
    /** What a file holds in place of the payload: {@code value} or {@code record}. */
    OVERFLOW;

    /** The header's name on the topic. */
    String wireName() {
        return "dlq-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
