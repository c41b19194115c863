package io.millrace.cdc.functions;

import java.nio.charset.StandardCharsets;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * The columns of a table's key have other types or defaults than before, and so each record of its topic another key:
 * what was written under the old ones would never be replaced or deleted. A restart cannot help.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class KeySchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeySchemaException(String topic, byte[] before, byte[] now) {
        super("the key of " + topic + " has the schema " + text(now) + ", and the records that are there have "
                + text(before) + ": its columns were renamed, or got another type or default. A record's key holds the"
                + " schema, so that what was written before would stay in the topic for ever. Drop the slot, and start"
                + " the job without a savepoint and with `generation` raised by one: it takes a snapshot, and removes the"
                + " old keys");
    }

    private static String text(byte[] schema) {
        return new String(schema, StandardCharsets.UTF_8);
    }
}
