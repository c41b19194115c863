package io.millrace.archive.digest;

import io.millrace.archive.bytes.CanonicalBytes;
import io.millrace.archive.bytes.Hash;
import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.json.CanonicalJson;
import io.millrace.archive.json.JsonFields;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is signed when a partition's day is sealed.
 *
 * @param partitions how many partitions the topic had: so many digests there are of the day
 * @param sequence how many digests of the partition are before it
 * @param previousDigest hash of the partition's digest before it, {@link Hash#ZERO} for the first
 * @param keyId of the key that signs it
 * @param sealedAt when that was, by the clock of whoever sealed it
 */
public record Digest(
        ChainId chain,
        int partitions,
        LocalDate day,
        long sequence,
        Hash previousDigest,
        Segment segment,
        Hash keyId,
        Instant sealedAt) {

    private static final String FORMAT = "millrace-audit-digest-1";
    private static final String SIGNED = "millrace-audit-1/digest";
    private static final Set<String> NAMES = Set.of(
            "format",
            "archive",
            "topic",
            "partition",
            "partitions",
            "dt",
            "sequence",
            "previousDigest",
            "records",
            "firstOffset",
            "lastOffset",
            "previousHash",
            "firstHash",
            "lastHash",
            "files",
            "keyId",
            "sealedAt");

    /** Returns the name of its file, relative to the archive. */
    public String name() {
        return name(day, chain.partition());
    }

    /** Returns the name of a digest's file, relative to the archive. */
    public static String name(LocalDate day, int partition) {
        return "digests/dt=" + day + "/" + partition + ".json";
    }

    /** Returns what is signed: the digest's canonical JSON behind its length and what it is signed as. */
    public byte[] signedBytes() {
        return new CanonicalBytes()
                .begin(SIGNED)
                .bytes(CanonicalJson.write(toJson()))
                .toByteArray();
    }

    /** Returns the hash that the next digest names. */
    public Hash hash() {
        return Sha256.of(signedBytes());
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new TreeMap<>();
        json.put("format", FORMAT);
        json.put("archive", chain.archive());
        json.put("topic", chain.topic());
        json.put("partition", chain.partition());
        json.put("partitions", partitions);
        json.put("dt", day.toString());
        json.put("sequence", Long.toString(sequence));
        json.put("previousDigest", previousDigest.toString());
        json.put("records", Long.toString(segment.records()));
        json.put("firstOffset", text(segment.firstOffset()));
        json.put("lastOffset", text(segment.lastOffset()));
        json.put("previousHash", segment.previousHash().toString());
        json.put("firstHash", text(segment.firstHash()));
        json.put("lastHash", segment.lastHash().toString());
        json.put("files", segment.files().stream().map(SealedFile::toJson).toList());
        json.put("keyId", keyId.toString());
        json.put("sealedAt", sealedAt.toString());
        return json;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    static Digest of(JsonFields json) throws IOException {
        json.checkNames(NAMES);
        if (!json.text("format").equals(FORMAT)) {
            throw new IOException("its format is '" + json.text("format") + "'; this version reads " + FORMAT);
        }
        Digest digest = read(json);
        // what is told twice, of the files and in sum, must be told alike
        for (String name : List.of("records", "firstOffset", "lastOffset", "lastHash")) {
            if (!Objects.equals(digest.toJson().get(name), json.asMap().get(name))) {
                throw new IOException(
                        "its field " + name + " is " + json.asMap().get(name) + ", by its files it is "
                                + digest.toJson().get(name));
            }
        }
        return digest;
    }

    private static Digest read(JsonFields json) throws IOException {
        try {
            return new Digest(
                    new ChainId(json.text("archive"), json.text("topic"), json.integer("partition")),
                    json.integer("partitions"),
                    LocalDate.parse(json.text("dt")),
                    json.number("sequence"),
                    json.hash("previousDigest"),
                    segment(json),
                    json.hash("keyId"),
                    Instant.parse(json.text("sealedAt")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Segment segment(JsonFields json) throws IOException {
        List<SealedFile> files = new ArrayList<>();
        for (JsonFields file : json.objects("files")) {
            files.add(SealedFile.of(file));
        }
        return new Segment(files, json.hash("previousHash"), json.optionalHash("firstHash"));
    }
}
