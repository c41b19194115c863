package io.millrace.common.source.postgres.pgoutput;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A column as a relation message has it.
 *
 * @param identifying whether the row before a change is told by it
 * @param type its number in {@code pg_type}
 * @param modifier such as a length; -1 if there is none
 */
record SentColumn(boolean identifying, String name, int type, int modifier) {

    static SentColumn read(ByteBuffer message) {
        return new SentColumn(message.get() != 0, text(message), message.getInt(), message.getInt());
    }

    /** Reads a text, which ends with a zero. */
    static String text(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {}
        int length = message.position() - start - 1;
        return new String(message.array(), message.arrayOffset() + start, length, StandardCharsets.UTF_8);
    }
}
