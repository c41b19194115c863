package io.millrace.archive.record;

import io.millrace.archive.chain.Kind;
import io.millrace.archive.crypt.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read from a record.
 *
 * @param kind {@link Kind#EVENT} or {@link Kind#MALFORMED}
 * @param subjects all persons that the record is about; if there are none, it belongs to its day
 * @param eventTime milliseconds since 1970
 * @param metadata members of the event's metadata in their order, each as JSON text; null if the event has none
 */
public record ReadEvent(
        Kind kind,
        List<Subject> subjects,
        @Nullable Long eventTime,
        @Nullable OwnedText eventId,
        @Nullable OwnedText eventType,
        @Nullable OwnedText userId,
        @Nullable OwnedText accessedBy,
        @Nullable OwnedText resourceId,
        @Nullable Map<String, OwnedText> metadata) {

    /** Copies what it takes. */
    public ReadEvent {
        subjects = subjects.size() < 2
                ? List.copyOf(subjects)
                : subjects.stream().distinct().toList();
        metadata = metadata == null ? null : new LinkedHashMap<>(metadata);
    }

    /** Returns what there is to say of a record that is no event. */
    public static ReadEvent malformed(List<Subject> subjects) {
        return new ReadEvent(Kind.MALFORMED, subjects, null, null, null, null, null, null, null);
    }
}
