package io.millrace.archive.expire;

import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import java.util.List;

/**
 * A partition's sealed day that is old enough to be removed.
 *
 * @param digest the day's
 * @param last the partition's last digest
 * @param files those of the day that are still there
 * @param isBegun whether a statement says already that it is removed
 */
public record DueDay(Digest digest, Digest last, List<SealedFile> files, boolean isBegun) {

    /** Copies the files. */
    public DueDay {
        files = List.copyOf(files);
    }

    /** Returns how many bytes removing it frees. */
    public long bytes() {
        return files.stream().mapToLong(SealedFile::size).sum();
    }

    /** Returns how many records removing it takes away. */
    public long records() {
        return files.stream().mapToLong(SealedFile::records).sum();
    }
}
