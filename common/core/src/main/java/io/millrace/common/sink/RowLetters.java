package io.millrace.common.sink;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the dead letter of a row change that a target refused. */
public final class RowLetters {

    private RowLetters() {}

    /**
     * Makes a letter with the bytes the change was read from.
     *
     * @param stage where it was refused, such as {@code elasticsearch.users}
     * @param errorClass the target's name of the error
     * @param message the target's answer, without payload
     */
    public static DeadLetter letter(
            RowChange change, String pipeline, String stage, String errorClass, @Nullable String message) {
        ConsumedRecord record = change.origin() == null ? captured(change) : change.origin();
        return new DeadLetter(record, change.version(), pipeline, stage, errorClass, message, 1);
    }

    /** A change captured by this job was read from no record: it gets the one that would have been written. */
    private static ConsumedRecord captured(RowChange change) {
        return new ConsumedRecord(
                change.table(),
                -1,
                change.source().lsn(),
                change.source().commitTime(),
                change.key(),
                envelope(change),
                List.of());
    }

    private static byte[] envelope(RowChange change) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        append("{\"before\":", change.before(), json);
        append(",\"after\":", change.after(), json);
        append(",\"source\":", change.source().block(), json);
        append(",\"op\":\"" + change.operation().code() + "\"}", new byte[0], json);
        return json.toByteArray();
    }

    private static void append(String name, byte @Nullable [] value, ByteArrayOutputStream json) {
        json.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        json.writeBytes(value == null ? "null".getBytes(StandardCharsets.UTF_8) : value);
    }
}
