package io.millrace.archive.write;

import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import io.millrace.archive.manifest.Manifest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Makes few large files of a day's many small ones, before the day is sealed. */
public final class Compactor {

    private final Manifests manifests;
    private final long target;

    /**
     * Makes one for an archive.
     *
     * @param target size in bytes that a file should have
     */
    public Compactor(Manifests manifests, long target) {
        this.manifests = manifests;
        this.target = target;
    }

    /**
     * Compacts a day that gets no more records, and returns the manifest as it is then. Cut off anywhere, it can be done
     * again: a file is listed once it is whole, and removed once it is not listed any longer.
     */
    public Manifest compact(Manifest manifest, LocalDate day) throws IOException {
        Manifest compacted = manifest;
        for (List<SealedFile> group : groups(manifest, day)) {
            compacted = replace(compacted, group);
        }
        removeReplaced(compacted, day);
        return compacted;
    }

    private List<List<SealedFile>> groups(Manifest manifest, LocalDate day) {
        List<List<SealedFile>> groups = new ArrayList<>();
        List<SealedFile> group = new ArrayList<>();
        long size = 0;
        for (SealedFile file : manifest.filesOf(day)) {
            if (!group.isEmpty() && size + file.size() > target) {
                groups.add(group);
                group = new ArrayList<>();
                size = 0;
            }
            group.add(file);
            size += file.size();
        }
        groups.add(group);
        return groups.stream().filter(files -> files.size() > 1).toList();
    }

    private Manifest replace(Manifest manifest, List<SealedFile> small) throws IOException {
        FileName first = name(small.get(0));
        FileName last = name(small.get(small.size() - 1));
        String name = new FileName(first.day(), first.partition(), first.firstOffset(), last.lastOffset()).text();
        SealedFile whole = ArchivedFiles.join(manifests.folder(), manifest.chain(), small, name);
        Manifest compacted = manifest.compact(small, whole);
        manifests.write(compacted);
        return compacted;
    }

    /** Removes what a compaction replaced, this one or one that was cut off. */
    private void removeReplaced(Manifest manifest, LocalDate day) throws IOException {
        List<String> listed =
                manifest.filesOf(day).stream().map(SealedFile::name).toList();
        for (String name : manifests.folder().list(FileName.FOLDER + "/dt=" + day)) {
            boolean isReplaced = FileName.of(name)
                    .filter(found -> found.partition() == manifest.chain().partition())
                    .filter(found -> found.lastOffset() <= manifest.head().lastOffset())
                    .isPresent();
            if (isReplaced && !listed.contains(name)) {
                manifests.folder().remove(name);
            }
        }
    }

    private static FileName name(SealedFile file) {
        return FileName.of(file.name())
                .orElseThrow(() -> new IllegalStateException("'" + file.name() + "' is no name of a file of records"));
    }
}
