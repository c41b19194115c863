package io.millrace.audit.watch;

import io.millrace.archive.verify.Finding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong.
 *
 * @param partition -1 if it concerns none
 * @param offset of the first record that is wrong, or null if no single record is
 * @param what is wrong, for a person
 */
record Wrong(Place place, int partition, @Nullable Long offset, String what) {

    static final String UNVERIFIED = "unverified";

    private static final String UNKNOWN_FILE = kind(Finding.Kind.UNKNOWN_FILE);

    /** The folder of all digests: where one is missing that no day is known of. */
    private static final String NO_DIGEST = "digests";

    /** What the verifier found. */
    static Wrong of(Finding finding) {
        return new Wrong(
                new Place(kind(finding.kind()), finding.where()),
                finding.partition(),
                finding.offset(),
                finding.what());
    }

    /** A digest that was there before is there no more, or is another one. */
    static Wrong digest(int partition, String name, String what) {
        return new Wrong(new Place(kind(Finding.Kind.DIGEST), name), partition, null, what);
    }

    /** An archive could not be verified. */
    static Wrong unverified(String address, String why) {
        return new Wrong(new Place(UNVERIFIED, address), -1, null, "it could not be verified: " + why);
    }

    /** Says whether files of records alone can show what is of a kind: only who reads them sees that it is gone. */
    static boolean isOfFiles(String kind) {
        return kind.equals(kind(Finding.Kind.FILE)) || kind.equals(kind(Finding.Kind.RECORD));
    }

    private static String kind(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Says whether nothing but damage explains it. A store comes back; a file may be about to be listed, or to be removed
     * after a crash; a new partition is sealed last.
     */
    boolean isCertain() {
        return !place.kind().equals(UNVERIFIED)
                && !place.kind().equals(UNKNOWN_FILE)
                && !place.where().equals(NO_DIGEST);
    }
}
