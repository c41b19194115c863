package io.millrace.archive.verify;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.Expiry;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.digest.SignedExpiry;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * When a statement that a day was removed holds.
 *
 * @param leastDays for how many days records must have been kept
 */
public record ExpiryRules(PublicKeys keys, int leastDays) {

    /**
     * Returns what is wrong with a statement, if anything is.
     *
     * @param digests of the statement's partition, by day
     */
    public Optional<String> problem(SignedExpiry signed, ChainId chain, NavigableMap<LocalDate, SignedDigest> digests) {
        Expiry expiry = signed.expiry();
        if (!expiry.chain().equals(chain)) {
            return Optional.of("it is one of the archive '" + expiry.chain().archive() + "' of the topic '"
                    + expiry.chain().topic() + "'");
        }
        if (!keys.verify(signed)) {
            return Optional.of("it is not signed by any of the keys that were given");
        }
        SignedDigest removed = digests.get(expiry.day());
        SignedDigest last = digests.get(expiry.sealedThrough());
        if (removed == null || !removed.digest().hash().equals(expiry.digest())) {
            return Optional.of("it speaks of another digest of " + expiry.day() + " than is here");
        }
        if (last == null || !last.digest().hash().equals(expiry.sealedDigest())) {
            return Optional.of("it speaks of another digest of " + expiry.sealedThrough() + " than is here");
        }
        return age(expiry).or(() -> keyOf(expiry, last.digest()));
    }

    private Optional<String> age(Expiry expiry) {
        LocalDate until = expiry.day().plusDays(expiry.keptDays());
        LocalDate expired = expiry.expiredAt().atZone(ZoneOffset.UTC).toLocalDate();
        if (expiry.sealedThrough().isBefore(until) || !expired.isAfter(until)) {
            return Optional.of("it says that records of " + expiry.day() + " were kept for " + expiry.keptDays()
                    + " days, and that they were removed on " + expired + ", when the partition was sealed through "
                    + expiry.sealedThrough());
        }
        return expiry.keptDays() >= leastDays
                ? Optional.empty()
                : Optional.of("records of " + expiry.day() + " were kept for " + expiry.keptDays() + " days, and "
                        + leastDays + " were asked for");
    }

    private Optional<String> keyOf(Expiry expiry, Digest last) {
        return keys.place(expiry.keyId()) < keys.place(last.keyId())
                ? Optional.of("it is signed by the key " + expiry.keyId() + ", which had been replaced by then")
                : Optional.empty();
    }
}
