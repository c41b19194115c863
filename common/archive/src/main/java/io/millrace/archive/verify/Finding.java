package io.millrace.archive.verify;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong.
 *
 * @param partition -1 if it concerns none
 * @param offset of the first record that is wrong, or null if no single record is
 * @param where the file's name
 * @param what is wrong, for a person
 */
public record Finding(Kind kind, int partition, @Nullable Long offset, String where, String what)
        implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparingInt(Finding::partition)
            .thenComparing(finding -> Objects.requireNonNullElse(finding.offset(), Long.MAX_VALUE))
            .thenComparing(Finding::where);

    /** What kind of thing is wrong. */
    public enum Kind {
        /** A digest is missing, unreadable, not signed by a known key, or does not follow the one before it. */
        DIGEST,
        /** A file is missing, or not the one that was sealed. */
        FILE,
        /** A record does not follow from the one before it, or was changed. */
        RECORD,
        /** A file is there that no digest and no manifest names. */
        UNKNOWN_FILE,
        /** The archive and a witness do not say the same. */
        WITNESS,
        /** A statement that a day was removed is unreadable, not signed by a known key, or does not hold. */
        EXPIRY,
        /** The archive and the topic from which it was written do not hold the same. */
        TOPIC
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        String position = offset == null ? "" : " record " + partition + "-" + offset;
        return kind + position + " in " + where + ": " + what;
    }
}
