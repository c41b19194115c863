package io.millrace.audit.commit;

import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.write.Manifests;
import io.millrace.archive.write.Sealer;
import io.millrace.audit.tick.Partitions;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Seals days, and tells the witness. Both can be done again: a digest that is there is taken. */
final class Sealing {

    private static final int LARGEST = 64 << 20;

    private final Manifests manifests;
    private final Sealer sealer;
    private final Partitions partitions;
    private final @Nullable Witness witness;

    Sealing(Manifests manifests, Sealer sealer, Partitions partitions, @Nullable Witness witness) {
        this.manifests = manifests;
        this.sealer = sealer;
        this.partitions = partitions;
        this.witness = witness;
    }

    /**
     * Seals a day of a partition, of which every file is committed.
     *
     * @return the digest, also if the day was sealed before; nothing if that one is not there any longer
     */
    Optional<SignedDigest> seal(int partition, LocalDate day) throws IOException {
        Optional<SignedDigest> signed = manifests.read(partition).isSealed(day)
                ? before(Digest.name(day, partition))
                : Optional.of(sealer.seal(partition, day, Math.max(partitions.count(), partition + 1)));
        if (signed.isPresent() && witness != null) {
            witness.take(signed.get());
        }
        return signed;
    }

    private Optional<SignedDigest> before(String name) throws IOException {
        WritableFolder folder = manifests.folder();
        return folder.has(name) ? Optional.of(SignedDigest.of(folder.read(name, LARGEST))) : Optional.empty();
    }
}
