package io.millrace.archive.write;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
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
     * @throws ManifestConflict if it does not follow what the archive holds, or digests seal more than the manifest
     *     says; it is not published, and nothing is removed
     * @throws IOException if the folder fails; the same can be asked for again
     */
    public Outcome commit(SealedFile file, Hash previousHash, Publication publication) throws IOException {
        int partition = FileName.of(file.name()).orElseThrow().partition();
        boolean isFirst = !tidied.contains(partition);
        Manifest manifest = isFirst ? manifests.readCurrent(partition) : manifests.read(partition);
        if (manifest.knows(file)) {
            return Outcome.KNOWN;
        }
        Manifest extended = manifest.extend(file, previousHash);
        if (isFirst) {
            removeOrphans(manifest, file);
            tidied.add(partition);
        }
        publication.publish();
        manifests.write(extended);
        return Outcome.ADDED;
    }

    /**
     * Removes files that were published and never listed: a crash fell in between, and the job was restored from before
     * it. They lie behind everything that is listed, and no digest names them; the same records come again.
     */
    private void removeOrphans(Manifest manifest, SealedFile next) throws IOException {
        Set<String> listed = manifest.files().stream().map(SealedFile::name).collect(Collectors.toSet());
        List<FileName> orphans = manifests.folder().list(FileName.FOLDER).stream()
                .filter(name -> !listed.contains(name) && !name.equals(next.name()))
                .flatMap(name -> FileName.of(name).stream())
                .filter(found -> found.partition() == manifest.chain().partition())
                .filter(found -> found.firstOffset() > manifest.head().lastOffset())
                .toList();
        UnknownDigests digests = new UnknownDigests(manifests.folder());
        for (FileName orphan : orphans) {
            digests.requireUnnamed(orphan);
        }
        for (FileName orphan : orphans) {
            manifests.folder().remove(orphan.text());
        }
    }
}
