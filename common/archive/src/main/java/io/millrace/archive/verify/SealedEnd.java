package io.millrace.archive.verify;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.Digest;
import java.time.LocalDate;

/**
 * Where the digests of a partition end. Who remembers it can tell later whether they were replaced or put back: each
 * digest names the one before it.
 *
 * @param day the last one that is sealed
 * @param sequence how many digests are before its own
 * @param digest hash of its digest
 */
public record SealedEnd(LocalDate day, long sequence, Hash digest) {

    /** Returns where they end with a digest. */
    public static SealedEnd of(Digest digest) {
        return new SealedEnd(digest.day(), digest.sequence(), digest.hash());
    }
}
