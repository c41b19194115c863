package io.millrace.common.sink.deadletter;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.failure.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record on the dead-letter topic: these names in this order, numbers as decimal text, and then the
 * source record's own headers unchanged. A source record may bring names of its own that look like these, so a reader
 * takes the first of a name.
 */
public final class DeadLetterHeaders {

    public static final String SOURCE_TOPIC = "dlq-source-topic";

    /** -1 for a change captured from Postgres. */
    public static final String SOURCE_PARTITION = "dlq-source-partition";

    /** The LSN for a change captured from Postgres. */
    public static final String SOURCE_OFFSET = "dlq-source-offset";

    /** Epoch milliseconds. */
    public static final String SOURCE_TIMESTAMP = "dlq-source-timestamp";

    /** -1 if no version was decided. */
    public static final String VERSION = "dlq-version";

    public static final String PIPELINE = "dlq-pipeline";
    public static final String STAGE = "dlq-stage";
    public static final String ERROR_CLASS = "dlq-error-class";

    /** At most {@link #MOST_ERROR_CHARACTERS} characters. */
    public static final String ERROR_MESSAGE = "dlq-error-message";

    public static final String ATTEMPT = "dlq-attempt";

    /** Only if the payload is stored as a file: what the file holds, {@code value} or {@code record}. */
    public static final String OVERFLOW = "dlq-overflow";

    /** All of them. */
    static final Set<String> NAMES = Set.of(
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
            OVERFLOW);

    public static final int MOST_ERROR_CHARACTERS = 1_000;

    private DeadLetterHeaders() {}

    /** Returns the headers of a letter, without the source record's own. */
    static List<Header> of(DeadLetter letter) {
        ConsumedRecord record = letter.record();
        List<Header> headers = new ArrayList<>();
        headers.add(header(SOURCE_TOPIC, record.topic()));
        headers.add(header(SOURCE_PARTITION, Integer.toString(record.partition())));
        headers.add(header(SOURCE_OFFSET, Long.toString(record.offset())));
        headers.add(header(SOURCE_TIMESTAMP, Long.toString(record.timestamp())));
        headers.add(header(VERSION, Long.toString(letter.version())));
        headers.add(header(PIPELINE, letter.pipeline()));
        headers.add(header(STAGE, letter.stage()));
        headers.add(header(ERROR_CLASS, cut(letter.errorClass())));
        headers.add(header(ERROR_MESSAGE, cut(letter.errorMessage())));
        headers.add(header(ATTEMPT, Integer.toString(letter.attempt())));
        return headers;
    }

    static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String cut(@Nullable String text) {
        if (text == null) {
            return "";
        }
        if (text.length() <= MOST_ERROR_CHARACTERS) {
            return text;
        }
        int end = MOST_ERROR_CHARACTERS - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
