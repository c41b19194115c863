package io.millrace.analytics.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What a search or a click says of a search.
 *
 * @param searchId which search; null if it is not named
 * @param sessionId in which session; null if it is not named
 * @param query what was searched for; empty for a click
 * @param results how many were found; negative if that is not said
 */
public record SearchTrace(
        @Nullable String searchId, @Nullable String sessionId, String query, long results) {

    void writeTo(DataOutputView out) throws IOException {
        writeText(searchId, out);
        writeText(sessionId, out);
        out.writeUTF(query);
        out.writeLong(results);
    }

    static SearchTrace readFrom(DataInputView in) throws IOException {
        return new SearchTrace(readText(in), readText(in), in.readUTF(), in.readLong());
    }

    private static void writeText(@Nullable String text, DataOutputView out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readText(DataInputView in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
