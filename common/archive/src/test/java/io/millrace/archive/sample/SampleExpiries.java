package io.millrace.archive.sample;

import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.Expiry;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.digest.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;

/** Writes statements of expiry into an archive, right ones and others, and removes the files of which they speak. */
public record SampleExpiries(SampleArchive archive) {

    public static final Instant EXPIRED_AT = Instant.parse("2026-03-09T01:00:00Z");

    /** Returns a statement about partition 0 that holds, if the partition is sealed so far. */
    public Expiry statement(LocalDate day, int keptDays, LocalDate sealedThrough, SigningKey key) {
        Digest last = digest(sealedThrough);
        return new Expiry(
                last.chain(), day, digest(day).hash(), keptDays, sealedThrough, last.hash(), key.id(), EXPIRED_AT);
    }

    public Digest digest(LocalDate day) {
        try {
            return SignedDigest.of(archive.bytes(Digest.name(day, 0))).digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a statement, and removes the files of its day. */
    public void expire(Expiry statement, SigningKey key) {
        archive.put(statement.name(), key.sign(statement).toBytes());
        archive.files(0, statement.day()).forEach(archive::remove);
    }
}
