package io.millrace.archive.verify;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.FileName;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.archive.manifest.SealedHead;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an archive: the digests by the public keys, the files by the digests, the records by the chain, and what is
 * not sealed yet by the manifests and the chain. The archive may be written meanwhile: what is wrong is looked at again,
 * until two looks in a row agree, since files that are joined, sealed or removed between two glances look wrong once.
 */
public final class Verifier {

    private static final int LARGEST_MANIFEST = 64 << 20;

    /** So often an archive is looked at that looks wrong each time otherwise. */
    private static final int MOST_LOOKS = 5;

    private final ArchiveFolder folder;
    private final PublicKeys keys;
    private final VerifyOptions options;
    private final VerifiedFiles verified;
    private final Findings findings = new Findings();
    private final Set<String> known = new HashSet<>();
    private final Map<Integer, Long> listedThrough = new HashMap<>();
    private NavigableMap<Integer, NavigableMap<LocalDate, SignedDigest>> digests = new TreeMap<>();

    private Verifier(ArchiveFolder folder, PublicKeys keys, VerifyOptions options, VerifiedFiles verified) {
        this.folder = folder;
        this.keys = keys;
        this.options = options;
        this.verified = verified;
    }

    /**
     * Verifies an archive.
     *
     * @throws IOException if it cannot be listed; what cannot be read in it is a finding
     */
    public static Report verify(ArchiveFolder folder, PublicKeys keys, VerifyOptions options) throws IOException {
        return verify(folder, keys, options, new VerifiedFiles());
    }

    /**
     * Verifies an archive of which some files were read before.
     *
     * @param verified those; gets the others, if nothing is wrong with them
     * @throws IOException if it cannot be listed; what cannot be read in it is a finding
     */
    public static Report verify(ArchiveFolder folder, PublicKeys keys, VerifyOptions options, VerifiedFiles verified)
            throws IOException {
        Report report = new Verifier(folder, keys, options, verified).look();
        for (int looks = 2; looks <= MOST_LOOKS && !report.holds(); looks++) {
            Report again = new Verifier(folder, keys, options, verified).look();
            if (report.findings().containsAll(again.findings())) {
                return again;
            }
            report = looks < MOST_LOOKS ? again : again.onlyWith(report.findings());
        }
        return report;
    }

    private Report look() throws IOException {
        digests = DigestFolder.read(folder, findings);
        Optional<ChainId> first = digests.values().stream()
                .flatMap(days -> days.values().stream())
                .map(signed -> signed.digest().chain())
                .findFirst();
        if (first.isEmpty()) {
            findings.digest(-1, "digests", "there is no digest: nothing is proven");
        } else {
            verify(named(first.get()));
        }
        verified.keepNamed();
        return new Report(
                first.map(ChainId::archive).orElse(""),
                findings.sealed(),
                findings.chained(),
                findings.unlisted(),
                findings.expired(),
                findings.bytes(),
                ends(),
                findings.found());
    }

    private ChainId named(ChainId found) {
        String name = options.archive();
        return name == null ? found : new ChainId(name, found.topic(), found.partition());
    }

    private void verify(ChainId any) throws IOException {
        ExpiryRules rules = new ExpiryRules(keys, options.keptDays());
        Expiries expiries = Expiries.read(folder, any, digests, rules, findings);
        for (Map.Entry<Integer, NavigableMap<LocalDate, SignedDigest>> partition : digests.entrySet()) {
            ChainId chain = new ChainId(any.archive(), any.topic(), partition.getKey());
            new DigestChain(chain, keys, findings).follow(partition.getValue().values());
            sealedFiles(chain, partition.getValue(), expiries);
            openFiles(chain, partition.getValue());
        }
        complete(expiries);
        unknownFiles();
    }

    private void sealedFiles(ChainId chain, NavigableMap<LocalDate, SignedDigest> days, Expiries expiries)
            throws IOException {
        long lastOffset = -1;
        for (SignedDigest signed : days.values()) {
            Digest digest = signed.digest();
            ChainLink link = new ChainLink(lastOffset, digest.segment().previousHash());
            for (SealedFile file : digest.segment().files()) {
                known.add(file.name());
                if (options.covers(digest.day())) {
                    sealedFile(chain, digest, file, link, expiries);
                }
                // from a file that was damaged on, what is signed tells where the chain goes on
                link = new ChainLink(file.lastOffset(), file.lastHash());
                lastOffset = file.lastOffset();
            }
        }
    }

    private void sealedFile(ChainId chain, Digest digest, SealedFile file, ChainLink link, Expiries expiries)
            throws IOException {
        // a digest that somebody made up can name anything, which no folder is asked for
        boolean isName = FileName.of(file.name()).isPresent();
        if (isName && !folder.has(file.name()) && expiries.cover(chain, digest.day())) {
            findings.countExpired(file.records());
            return;
        }
        boolean isFirst = file.equals(digest.segment().files().get(0));
        FileCheck check = new FileCheck(folder, chain, file, verified);
        findings.count(check.verify(link, isFirst ? digest.segment().firstHash() : null), true);
    }

    private void openFiles(ChainId chain, NavigableMap<LocalDate, SignedDigest> days) throws IOException {
        String name = Manifest.name(chain.partition());
        if (!folder.has(name)) {
            return;
        }
        try {
            openFiles(Manifest.of(folder.read(name, LARGEST_MANIFEST)), chain, days);
        } catch (IOException | IllegalArgumentException | ManifestConflict e) {
            findings.digest(chain.partition(), name, "it is no manifest: " + e.getMessage());
        }
    }

    private void openFiles(Manifest manifest, ChainId chain, NavigableMap<LocalDate, SignedDigest> days) {
        Digest last = days.lastEntry().getValue().digest();
        SealedHead sealed = manifest.sealed();
        if (!manifest.chain().equals(chain) || !isSealedBy(sealed, days)) {
            findings.digest(
                    chain.partition(),
                    last.name(),
                    "the manifest knows a digest that is not here: "
                            + (sealed == null ? "none" : "number " + sealed.sequence() + " of " + sealed.day()));
            return;
        }
        ChainLink link = new ChainLink(lastOffset(days), last.segment().lastHash());
        for (SealedFile file : manifest.filesAfter(last.day())) {
            known.add(file.name());
            if (FileName.of(file.name())
                    .filter(found -> options.covers(found.day()))
                    .isPresent()) {
                findings.count(new FileCheck(folder, chain, file, verified).verify(link, null), false);
            }
            link = new ChainLink(file.lastOffset(), file.lastHash());
        }
        listedThrough.put(chain.partition(), link.lastOffset());
    }

    /** A manifest may be behind the digests for the moment of sealing; it is never ahead of them. */
    private static boolean isSealedBy(@Nullable SealedHead sealed, NavigableMap<LocalDate, SignedDigest> days) {
        if (sealed == null) {
            return true;
        }
        SignedDigest digest = days.get(sealed.day());
        return digest != null && digest.digest().hash().equals(sealed.digest());
    }

    private static long lastOffset(NavigableMap<LocalDate, SignedDigest> days) {
        return days.values().stream()
                .map(signed -> signed.digest().segment().lastOffset())
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(-1L);
    }

    private void complete(Expiries expiries) throws IOException {
        Completeness completeness = new Completeness(digests, findings);
        completeness.checkPartitions();
        LocalDate to = options.to();
        if (to != null) {
            completeness.checkThrough(to);
        }
        for (Witness witness : options.witnesses()) {
            completeness.checkWitness(witness.name(), DigestFolder.read(witness.folder(), findings));
            if (witness.hasExpiries()) {
                expiries.checkWitness(witness);
            }
        }
    }

    private void unknownFiles() throws IOException {
        for (String name : folder.list(FileName.FOLDER)) {
            Optional<FileName> file = FileName.of(name);
            if (!known.contains(name) && !ArchiveFolder.isHidden(name)) {
                if (file.isPresent() && isNew(file.get())) {
                    findings.countUnlisted();
                } else {
                    int partition = file.map(FileName::partition).orElse(-1);
                    Long offset = file.map(FileName::firstOffset).orElse(null);
                    findings.add(new Finding(
                            Finding.Kind.UNKNOWN_FILE,
                            partition,
                            offset,
                            name,
                            "no digest and no manifest names this file"));
                }
            }
        }
    }

    /** Says whether a file can have come since the manifest was read: behind everything that is listed. */
    private boolean isNew(FileName file) {
        NavigableMap<LocalDate, SignedDigest> days = digests.getOrDefault(file.partition(), new TreeMap<>());
        return (days.isEmpty() || file.day().isAfter(days.lastKey()))
                && file.firstOffset() > listedThrough.getOrDefault(file.partition(), lastOffset(days));
    }

    private Map<Integer, SealedEnd> ends() {
        Map<Integer, SealedEnd> ends = new TreeMap<>();
        digests.forEach((partition, days) ->
                ends.put(partition, SealedEnd.of(days.lastEntry().getValue().digest())));
        return ends;
    }
}
