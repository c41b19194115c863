package io.millrace.archive.digest;

import io.millrace.archive.bytes.CanonicalBytes;
import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.json.CanonicalJson;
import io.millrace.archive.json.JsonFields;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is signed before a partition's sealed day is removed.
 *
 * @param digest hash of the day's digest
 * @param keptDays how many whole days its records were kept at least
 * @param sealedThrough the last sealed day of the partition then
 * @param sealedDigest hash of that day's digest
 * @param keyId of the key that signs it
 * @param expiredAt when that was, by the clock of whoever removed
 */
public record Expiry(
        ChainId chain,
        LocalDate day,
        Hash digest,
        int keptDays,
        LocalDate sealedThrough,
        Hash sealedDigest,
        Hash keyId,
        Instant expiredAt) {

    /** The folder of all statements. */
    public static final String FOLDER = "expired";

    private static final String FORMAT = "millrace-audit-expiry-1";
    private static final String SIGNED = "millrace-audit-1/expiry";
    private static final Set<String> NAMES = Set.of(
            "format",
            "archive",
            "topic",
            "partition",
            "dt",
            "digest",
            "keptDays",
            "sealedThrough",
            "sealedDigest",
            "keyId",
            "expiredAt");

    /** Checks that records were kept at all. */
    public Expiry {
        if (keptDays < 1) {
            throw new IllegalArgumentException("keptDays is " + keptDays + "; a day is kept for 1 day at least");
        }
    }

    /** Returns the name of its file, relative to the archive. */
    public String name() {
        return name(day, chain.partition());
    }

    /** Returns the name of a statement's file, relative to the archive. */
    public static String name(LocalDate day, int partition) {
        return FOLDER + "/dt=" + day + "/" + partition + ".json";
    }

    /** Returns what is signed: the statement's canonical JSON behind its length and what it is signed as. */
    public byte[] signedBytes() {
        return new CanonicalBytes()
                .begin(SIGNED)
                .bytes(CanonicalJson.write(toJson()))
                .toByteArray();
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new TreeMap<>();
        json.put("format", FORMAT);
        json.put("archive", chain.archive());
        json.put("topic", chain.topic());
        json.put("partition", chain.partition());
        json.put("dt", day.toString());
        json.put("digest", digest.toString());
        json.put("keptDays", keptDays);
        json.put("sealedThrough", sealedThrough.toString());
        json.put("sealedDigest", sealedDigest.toString());
        json.put("keyId", keyId.toString());
        json.put("expiredAt", expiredAt.toString());
        return json;
    }

    static Expiry of(JsonFields json) throws IOException {
        json.checkNames(NAMES);
        if (!json.text("format").equals(FORMAT)) {
            throw new IOException("its format is '" + json.text("format") + "'; this version reads " + FORMAT);
        }
        try {
            return new Expiry(
                    new ChainId(json.text("archive"), json.text("topic"), json.integer("partition")),
                    LocalDate.parse(json.text("dt")),
                    json.hash("digest"),
                    json.integer("keptDays"),
                    LocalDate.parse(json.text("sealedThrough")),
                    json.hash("sealedDigest"),
                    json.hash("keyId"),
                    Instant.parse(json.text("expiredAt")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
