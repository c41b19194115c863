package io.millrace.archive.digest;

import io.millrace.archive.bytes.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a partition holds of a day.
 *
 * @param firstHash null if it holds nothing
 * @param previousHash of the record before its first; for the partition's first record, that of the chain's name
 */
public record Segment(
        List<SealedFile> files, Hash previousHash, @Nullable Hash firstHash) {

    /** Copies the files. */
    public Segment {
        files = List.copyOf(files);
        if (files.isEmpty() != (firstHash == null)) {
            throw new IllegalArgumentException("a segment has a first hash if and only if it has files");
        }
    }

    /** Returns the segment of a day on which nothing came. */
    public static Segment empty(Hash previousHash) {
        return new Segment(List.of(), previousHash, null);
    }

    /** Returns how many records it has. */
    public long records() {
        return files.stream().mapToLong(SealedFile::records).sum();
    }

    /** Returns the first offset, or null if it holds nothing. */
    public @Nullable Long firstOffset() {
        return files.isEmpty() ? null : files.get(0).firstOffset();
    }

    /** Returns the last offset, or null if it holds nothing. */
    public @Nullable Long lastOffset() {
        return files.isEmpty() ? null : files.get(files.size() - 1).lastOffset();
    }

    /** Returns the hash of its last record; if it holds nothing, that of the record before. */
    public Hash lastHash() {
        return files.isEmpty() ? previousHash : files.get(files.size() - 1).lastHash();
    }
}
