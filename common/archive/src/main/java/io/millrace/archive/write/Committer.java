package io.millrace.archive.write;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds finished files to an archive, each once, however often it is asked to. Files of one partition come in the order of
 * their offsets, and from one committer at a time.
 */
public final class Committer {

    private final Manifests manifests;
    private final Set<Integer> tidied = new HashSet<>();

    public Committer(Manifests manifests) {
        this.manifests = manifests;
    }

    /** What came of a file. */
    public enum Outcome {
        /** It is in the archive now. */
        ADDED,
        /** Its records were in the archive before; it is not published. */
        KNOWN
    }

    /**
     * Publishes a file and lists it.
     *
     * @param previousHash of the record before its first
     * @throws ManifestConflict if it does not follow what the archive holds; it is not published
     * @throws IOException if the folder fails; the same can be asked for again
     */
    public Outcome commit(SealedFile file, Hash previousHash, Publication publication) throws IOException {
        int partition = FileName.of(file.name()).orElseThrow().partition();
        Manifest manifest = manifests.read(partition);
        if (manifest.knows(file)) {
            return Outcome.KNOWN;
        }
        Manifest extended = manifest.extend(file, previousHash);
        if (tidied.add(partition)) {
            removeOrphans(manifest, file);
        }
        publication.publish();
        manifests.write(extended);
        return Outcome.ADDED;
    }

    /**
     * Removes files that were published and never listed: a crash fell in between, and the job was restored from before
     * it. They lie behind everything that is listed, so they are in no digest; the same records come again.
     */
    private void removeOrphans(Manifest manifest, SealedFile next) throws IOException {
        Set<String> listed = manifest.files().stream().map(SealedFile::name).collect(Collectors.toSet());
        for (String name : manifests.folder().list(FileName.FOLDER)) {
            boolean isOrphan = FileName.of(name)
                    .filter(found -> found.partition() == manifest.chain().partition())
                    .filter(found -> found.firstOffset() > manifest.head().lastOffset())
                    .isPresent();
            if (isOrphan && !listed.contains(name) && !name.equals(next.name())) {
                manifests.folder().remove(name);
            }
        }
    }
}
