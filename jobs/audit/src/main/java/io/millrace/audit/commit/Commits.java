package io.millrace.audit.commit;

import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.write.Committer;
import io.millrace.archive.write.Compactor;
import io.millrace.archive.write.Manifests;
import io.millrace.archive.write.Sealer;
import io.millrace.audit.folder.Folders;
import io.millrace.audit.folder.PendingFiles;
import io.millrace.audit.tick.Partitions;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.audit.write.Pending;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;

/** Does what is pending, in its order. Each can be done again. Used by one thread. */
final class Commits {

    private final Manifests manifests;
    private final Committer committer;
    private final Sealing sealing;
    private final PendingFiles files;
    private final Leftovers leftovers;
    private final Compactor compactor;
    private final ArchiveOptions options;

    private Commits(
            ArchiveOptions options, Manifests manifests, Compactor compactor, Sealing sealing, PendingFiles files) {
        this.options = options;
        this.compactor = compactor;
        this.manifests = manifests;
        this.committer = new Committer(manifests);
        this.sealing = sealing;
        this.files = files;
        this.leftovers = new Leftovers(manifests.folder());
    }

    /** Opens the archive and its witness. */
    static Commits open(ArchiveOptions options, SigningOptions signing, Partitions partitions, InstantSource clock)
            throws IOException {
        WritableFolder folder = Folders.open(options.address());
        Manifests manifests = new Manifests(folder, options.name(), options.topic());
        Compactor compactor = new Compactor(manifests, options.compactedSize());
        Sealer sealer = new Sealer(manifests, compactor, signing.open(), clock);
        Optional<String> witness = options.witnessAddress();
        Sealing sealing = new Sealing(
                manifests, sealer, partitions, witness.isPresent() ? new Witness(Folders.open(witness.get())) : null);
        return new Commits(options, manifests, compactor, sealing, PendingFiles.of(options.address()));
    }

    /** What came of something that was pending. */
    record Outcome(long added, Optional<SignedDigest> digest) {}

    /**
     * Does it.
     *
     * @throws io.millrace.archive.manifest.ManifestConflict if it does not follow what the archive holds
     * @throws WitnessConflict if the witness has another digest
     * @throws io.millrace.audit.folder.PendingFileGone if a file is not there that was written; the archive may be away
     * @throws IOException if the archive, the witness or Kafka fails; it can be done again
     */
    Outcome commit(Pending pending) throws IOException {
        Pending.File file = pending.file();
        if (file == null) {
            Optional<SignedDigest> sealed = sealing.seal(pending.partition(), pending.day());
            leftovers.remove(pending.partition(), pending.day());
            return new Outcome(0, sealed);
        }
        Committer.Outcome outcome =
                committer.commit(file.file(), file.previousHash(), () -> files.publish(file.file(), file.upload()));
        joinSmallFiles(pending.partition(), pending.day());
        return new Outcome(outcome == Committer.Outcome.ADDED ? file.file().records() : 0, Optional.empty());
    }

    /**
     * Shows that the archive takes files.
     *
     * @throws IOException if it does not: what failed before failed because of that
     */
    void requireWritable() throws IOException {
        WritableFolder folder = manifests.folder();
        folder.remove(Folders.probe(folder));
    }

    /** Also after a file that was known: the attempt before may have failed in the midst of it. */
    private void joinSmallFiles(int partition, LocalDate day) throws IOException {
        Manifest manifest = manifests.read(partition);
        long small = manifest.filesOf(day).stream()
                .filter(file -> file.size() < options.compactedSize() / 2)
                .count();
        if (small >= options.mostFiles()) {
            compactor.compact(manifest, day);
        }
    }
}
