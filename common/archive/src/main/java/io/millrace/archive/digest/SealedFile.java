package io.millrace.archive.digest;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.json.JsonFields;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of the archive, as a digest and a manifest name it.
 *
 * @param name relative to the archive
 * @param size in bytes
 * @param sha256 of all its bytes
 * @param lastHash of its last record
 */
public record SealedFile(
        String name, long firstOffset, long lastOffset, long records, long size, Hash sha256, Hash lastHash) {

    private static final Set<String> NAMES =
            Set.of("name", "firstOffset", "lastOffset", "records", "size", "sha256", "lastHash");

    /** Returns it as canonical JSON takes it. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new TreeMap<>();
        json.put("name", name);
        json.put("firstOffset", Long.toString(firstOffset));
        json.put("lastOffset", Long.toString(lastOffset));
        json.put("records", Long.toString(records));
        json.put("size", Long.toString(size));
        json.put("sha256", sha256.toString());
        json.put("lastHash", lastHash.toString());
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static SealedFile of(JsonFields json) throws IOException {
        json.checkNames(NAMES);
        return new SealedFile(
                json.text("name"),
                json.number("firstOffset"),
                json.number("lastOffset"),
                json.number("records"),
                json.number("size"),
                json.hash("sha256"),
                json.hash("lastHash"));
    }
}
