package io.millrace.archive.manifest;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.json.JsonFields;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Up to where a partition is sealed.
 *
 * @param sequence of its last digest
 * @param digest hash of its last digest
 * @param lastOffset of the last sealed record, or -1 if there is none
 */
public record SealedHead(LocalDate day, long sequence, Hash digest, long lastOffset, Hash lastHash) {

    private static final Set<String> NAMES = Set.of("dt", "sequence", "digest", "lastOffset", "lastHash");

    /** Returns where a digest leaves its partition. */
    static SealedHead of(Digest digest, long lastOffsetBefore) {
        Long last = digest.segment().lastOffset();
        return new SealedHead(
                digest.day(),
                digest.sequence(),
                digest.hash(),
                last == null ? lastOffsetBefore : last,
                digest.segment().lastHash());
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new TreeMap<>();
        json.put("dt", day.toString());
        json.put("sequence", Long.toString(sequence));
        json.put("digest", digest.toString());
        json.put("lastOffset", lastOffset < 0 ? null : Long.toString(lastOffset));
        json.put("lastHash", lastHash.toString());
        return json;
    }

    static SealedHead of(JsonFields json) throws IOException {
        json.checkNames(NAMES);
        Long lastOffset = json.optionalNumber("lastOffset");
        try {
            return new SealedHead(
                    LocalDate.parse(json.text("dt")),
                    json.number("sequence"),
                    json.hash("digest"),
                    lastOffset == null ? -1 : lastOffset,
                    json.hash("lastHash"));
        } catch (DateTimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
