package io.millrace.archive.write;

import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Digests that a manifest does not know of: a crash leaves one that it can still take, anything else a lost manifest. */
final class UnknownDigests {

    private static final String FOLDER = "digests";
    private static final int LARGEST = 64 << 20;

    private final WritableFolder folder;

    UnknownDigests(WritableFolder folder) {
        this.folder = folder;
    }

    /**
     * Holds a manifest against the digests of its partition.
     *
     * @throws ManifestConflict if they seal more than it says
     */
    void requireNone(Manifest manifest) throws IOException {
        List<String> later = later(manifest);
        if (later.size() > 1 || (later.size() == 1 && !canTake(manifest, later.get(0)))) {
            String end = manifest.sealed() == null
                    ? "knows of no sealed day"
                    : "ends at " + manifest.sealed().day();
            throw new ManifestConflict(Manifest.name(manifest.chain().partition()) + " " + end + ", and "
                    + later.get(later.size() - 1) + " is there: the manifest was lost, or an older copy of it was put"
                    + " back. Nothing was written, and no file removed. `millrace audit rebuild` makes it from the digests;"
                    + " docs/audit.md, \"When a manifest is lost\", says how");
        }
    }

    /** Days follow each other, so two names tell; where no day is known, all digests are looked through. */
    private List<String> later(Manifest manifest) throws IOException {
        int partition = manifest.chain().partition();
        if (manifest.sealed() == null) {
            return folder.list(FOLDER).stream()
                    .filter(name -> name.endsWith("/" + partition + ".json"))
                    .toList();
        }
        LocalDate sealed = manifest.sealed().day();
        for (int day = 2; day >= 1; day--) {
            if (folder.has(Digest.name(sealed.plusDays(day), partition))) {
                return Stream.iterate(1, next -> next + 1)
                        .limit(day)
                        .map(next -> Digest.name(sealed.plusDays(next), partition))
                        .toList();
            }
        }
        return List.of();
    }

    private boolean canTake(Manifest manifest, String name) throws IOException {
        try {
            manifest.seal(digest(name));
            return true;
        } catch (ManifestConflict e) {
            return false;
        }
    }

    /**
     * Holds a file that no manifest lists against the digest of its day.
     *
     * @throws ManifestConflict if the digest names it
     */
    void requireUnnamed(FileName file) throws IOException {
        String name = Digest.name(file.day(), file.partition());
        if (folder.has(name)
                && digest(name).segment().files().stream().map(SealedFile::name).anyMatch(file.text()::equals)) {
            throw new ManifestConflict(file.text() + " is sealed by " + name + ", and "
                    + Manifest.name(file.partition()) + " ends before it. No file was removed; docs/audit.md, \"When a"
                    + " manifest is lost\", says how to go on");
        }
    }

    private Digest digest(String name) throws IOException {
        return SignedDigest.of(folder.read(name, LARGEST)).digest();
    }
}
