package io.millrace.archive.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the archive as far as it can be read.
 *
 * @param headers empty if it cannot be read
 */
public record OpenedRecord(
        Readability readability, byte @Nullable [] key, List<Header> headers, byte @Nullable [] value) {

    /** Whether a record can be read. */
    public enum Readability {
        /** All of it. */
        READABLE,
        /** Not any longer: a key that it needs was destroyed. */
        KEY_DESTROYED,
        /** It never was in the archive: the person had been erased before. */
        NEVER_STORED,
        /** The keys are there, and do not open it: bytes or keys were changed. */
        DAMAGED
    }

    static OpenedRecord unreadable(Readability why) {
        return new OpenedRecord(why, null, List.of(), null);
    }
}
