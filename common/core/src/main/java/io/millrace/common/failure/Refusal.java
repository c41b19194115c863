package io.millrace.common.failure;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.RowChange;
import io.millrace.common.replay.Version;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row change that a target does not take for what it is.
 *
 * @param errorClass the class of the error, or the target's own name for it
 * @param errorMessage the target's answer, or why the change was never sent; without payload
 */
public record Refusal(RowChange change, String errorClass, String errorMessage) {

    /** Of a {@link WithheldRow} the reason is why it is withheld, and not that the target took it for no row. */
    public Refusal {
        String withheld = WithheldRow.reason(change.after());
        errorMessage = withheld == null ? errorMessage : withheld(withheld, change.origin() == null);
    }

    /** A refusal before anything was sent. */
    public static Refusal of(RowChange change, DataException error) {
        return new Refusal(change, error.getClass().getName(), String.valueOf(error.getMessage()));
    }

    /**
     * Returns the dead letter, with the record that the change was read from.
     *
     * @param stage where it was refused, as {@code redis.public.users}
     */
    public DeadLetter toDeadLetter(String pipeline, String stage) {
        ConsumedRecord origin = change.origin();
        return DeadLetter.of(
                origin == null ? captured() : origin, change.version(), pipeline, stage, errorClass, errorMessage);
    }

    private static String withheld(String reason, boolean captured) {
        return "columns are excluded from this target's rows, and this row cannot be read to take them out: " + reason
                + (captured ? "; its bytes are left out of the dead letter on purpose" : "");
    }

    /** The record that would have been written to the table's topic, without the schema around it. */
    private ConsumedRecord captured() {
        ByteArrayOutputStream envelope = new ByteArrayOutputStream();
        append(envelope, "{\"before\":", change.before());
        append(envelope, ",\"after\":", change.after());
        append(envelope, ",\"source\":", change.source().block());
        append(envelope, ",\"op\":", bytes("\"" + change.operation().code() + "\"}"));
        return new ConsumedRecord(
                change.table(),
                -1,
                change.source().lsn(),
                change.source().commitTime(),
                change.key(),
                envelope.toByteArray(),
                List.of(new Header(Version.HEADER, bytes(Long.toString(change.version())))));
    }

    private static void append(ByteArrayOutputStream out, String name, byte @Nullable [] json) {
        out.writeBytes(bytes(name));
        out.writeBytes(json == null ? bytes("null") : json);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
