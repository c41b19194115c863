package io.millrace.archive.write;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.archive.manifest.SealedHead;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Seals days: compacts their files, signs what they hold, and moves them out of the manifest. Cut off anywhere, it can be
 * done again: a digest that is there is taken, and never written anew.
 */
public final class Sealer {

    private static final int LARGEST = 64 << 20;

    private final Manifests manifests;
    private final Compactor compactor;
    private final SigningKey key;
    private final InstantSource clock;

    public Sealer(Manifests manifests, Compactor compactor, SigningKey key, InstantSource clock) {
        this.manifests = manifests;
        this.compactor = compactor;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Seals the next day of a partition, which gets no more records.
     *
     * @param partitions how many the topic has
     * @return what the topic of digests and the witness get
     * @throws ManifestConflict if another day is next, or digests are there of which the manifest does not know
     */
    public SignedDigest seal(int partition, LocalDate day, int partitions) throws IOException {
        Manifest manifest = manifests.readCurrent(partition);
        String name = Digest.name(day, partition);
        SignedDigest signed;
        if (manifests.folder().has(name)) {
            signed = SignedDigest.of(manifests.folder().read(name, LARGEST));
        } else {
            manifest = compactor.compact(manifest, day);
            signed = key.sign(digest(manifest, day, partitions));
            // sealing must be possible before anything is written
            manifest.seal(signed.digest());
            manifests.folder().replace(name, signed.toBytes());
        }
        manifests.write(manifest.seal(signed.digest()));
        return signed;
    }

    private Digest digest(Manifest manifest, LocalDate day, int partitions) throws IOException {
        SealedHead before = manifest.sealed();
        List<SealedFile> files = manifest.filesOf(day);
        Hash firstHash = files.isEmpty() ? null : ArchivedFiles.firstHash(manifests.folder(), files.get(0));
        return new Digest(
                manifest.chain(),
                partitions,
                day,
                before == null ? 0 : before.sequence() + 1,
                before == null ? Hash.ZERO : before.digest(),
                manifest.segment(day, firstHash),
                key.id(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }
}
