package io.millrace.cli.audit;

import io.millrace.archive.crypt.CachedKeys;
import io.millrace.cli.Printable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure did, and what it did not reach.
 *
 * @param subject the person, as whoever asked named it
 * @param waited how long writers were waited for
 * @param backupsKept how long backups of the keys' database are kept, or null if nobody says
 */
record Certificate(
        Erasure erasure,
        String subject,
        Duration waited,
        TopicRetention retention,
        @Nullable Duration backupsKept) {

    String text() {
        String topic = erasure.topic().name();
        return """
                CERTIFICATE OF ERASURE
                person      %s
                known as    %s
                archive     %s, topic %s
                erased at   %s, by %s
                key         %s
                up to       %s
                recorded    event %s at %s of %s

                %s
                Of the records up to these offsets, key, headers, original bytes and personal fields cannot be read by
                anybody, in files, in copies of files and in what was written from them. No replay makes a new key for
                them. The archive still verifies. Records that came while this went on are archived without content.

                WHAT REMAINS
                - in the topic %s of Kafka, as it came: %s.
                - in backups of the database that keeps the keys, the key, encrypted by the master key: %s.
                - in the archive, in clear: that there was a record, when it was appended, what kind of event it was, which
                  resource it was about, and what else is not configured as personal.
                - records that are no events by the contract and whose key does not name the person, if there are any.
                - whatever else services keep of the person: this is about the audit archive alone.
                """.formatted(
                        Printable.line(subject),
                        erasure.hidden(),
                        erasure.topic().archive(),
                        topic,
                        erasure.finishedAt().truncatedTo(ChronoUnit.SECONDS),
                        Printable.line(erasure.by()),
                        erasure.key().map(UUID::toString).orElse("there was none any longer"),
                        offsets(),
                        erasure.eventId(),
                        erasure.position(),
                        topic,
                        key(),
                        topic,
                        kafka(),
                        backups());
    }

    /** What was waited for is no more than what whoever asked said. */
    private String key() {
        String destroyed = erasure.key().isPresent()
                ? "The key that everything about the person was encrypted by is destroyed"
                : "The key that everything about the person was encrypted by was destroyed before";
        return waited.compareTo(CachedKeys.LONGEST_LIFE) >= 0
                ? destroyed + ", and no writer uses it any longer."
                : destroyed + ". A writer may use a key for up to\n"
                        + text(CachedKeys.LONGEST_LIFE) + " after it asked for it, and this erasure waited "
                        + text(waited) + " alone (--wait): that no writer uses it any\n"
                        + "longer holds if `key-store.cache.life` of each job that writes is no longer than that.";
    }

    private String offsets() {
        return erasure.upTo().entrySet().stream()
                .map(last -> last.getKey() + ":" + last.getValue())
                .collect(Collectors.joining(", "));
    }

    private String kafka() {
        return retention
                .until(erasure.finishedAt())
                .map(until -> "until " + until.truncatedTo(ChronoUnit.SECONDS) + " at the latest (it keeps records for "
                        + text(retention.retention().orElseThrow()) + ", and a segment for up to "
                        + text(retention.segment()) + " more)")
                .orElse("for ever, for the topic deletes nothing by age; set its retention.ms, or delete the records");
    }

    private String backups() {
        return backupsKept == null
                ? "until the last backup from before this is discarded; nobody said when that is (--backups-kept)"
                : "until " + erasure.finishedAt().plus(backupsKept).truncatedTo(ChronoUnit.SECONDS)
                        + ", if backups are kept for " + text(backupsKept);
    }

    private static String text(Duration duration) {
        return duration.toHours() % 24 == 0 && duration.toMinutes() % 60 == 0 && duration.toDays() > 0
                ? duration.toDays() + " day(s)"
                : duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
