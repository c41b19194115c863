package io.millrace.archive.chain;

import io.millrace.archive.bytes.CanonicalBytes;
import org.jspecify.annotations.Nullable;

/**
 * What was read from a record, for people who look into the archive. It is derived: a later version may read the same
 * bytes otherwise, so the chain does not depend on it.
 *
 * @param eventTime milliseconds since 1970, or null if the event names none
 * @param metadata JSON text
 */
public record Fields(
        Kind kind,
        @Nullable Long eventTime,
        @Nullable String eventId,
        @Nullable String eventType,
        @Nullable String userId,
        @Nullable String accessedBy,
        @Nullable String resourceId,
        @Nullable String metadata) {

    /** Returns the fields of a record that could not be read, or must not be. */
    public static Fields none(Kind kind) {
        return new Fields(kind, null, null, null, null, null, null, null);
    }

    void writeTo(CanonicalBytes out) {
        out.text(kind.text()).optional(eventTime).text(eventId).text(eventType).text(userId);
        out.text(accessedBy).text(resourceId).text(metadata);
    }
}
