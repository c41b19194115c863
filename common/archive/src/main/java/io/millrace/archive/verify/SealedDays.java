package io.millrace.archive.verify;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.ArchiveFolder;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;

/**
 * The sealed days of an archive, of which each digest is signed and follows from the one before it.
 *
 * @param partitions the digests of each partition, by day
 */
public record SealedDays(NavigableMap<Integer, NavigableMap<LocalDate, SignedDigest>> partitions) {

    /**
     * Reads and verifies all digests, and no file of records.
     *
     * @throws IOException if one is wrong, or of another archive than the first
     */
    public static SealedDays verified(ArchiveFolder folder, PublicKeys keys) throws IOException {
        Findings findings = new Findings();
        var partitions = DigestFolder.read(folder, findings);
        partitions.values().stream()
                .flatMap(days -> days.values().stream())
                .findFirst()
                .ifPresent(first -> follow(partitions, first.digest().chain(), keys, findings));
        if (!findings.found().isEmpty()) {
            throw new IOException("the archive does not verify: "
                    + findings.found().stream().sorted().findFirst().orElseThrow());
        }
        return new SealedDays(partitions);
    }

    private static void follow(
            Map<Integer, NavigableMap<LocalDate, SignedDigest>> partitions,
            ChainId any,
            PublicKeys keys,
            Findings findings) {
        new Completeness(partitions, findings).checkPartitions();
        partitions.forEach(
                (partition, days) -> new DigestChain(new ChainId(any.archive(), any.topic(), partition), keys, findings)
                        .follow(days.values()));
    }
}
