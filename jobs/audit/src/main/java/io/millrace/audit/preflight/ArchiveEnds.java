package io.millrace.audit.preflight;

import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.archive.write.Manifests;
import io.millrace.audit.folder.Folders;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.common.config.Problems;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Where the archive of each partition ends, by manifests that hold against the digests. */
public final class ArchiveEnds {

    private final InTime inTime;
    private final Problems problems;

    /**
     * Makes it.
     *
     * @param patience how long the archive may take to answer
     */
    public ArchiveEnds(Duration patience, Problems problems) {
        this.inTime = new InTime(patience);
        this.problems = problems;
    }

    /**
     * Returns the last archived offset of each partition, -1 where nothing is archived. A partition whose manifest was
     * lost, or cannot be read, is noted and left out.
     *
     * @param path of the setting that says where the archive is
     * @param partitions of the topic; those that the archive alone knows are read, too
     */
    public Map<Integer, Long> read(String path, ArchiveOptions archive, Collection<Integer> partitions) {
        Map<Integer, Long> ends = new TreeMap<>();
        try {
            Manifests manifests = new Manifests(Folders.open(archive.address()), archive.name(), archive.topic());
            Set<Integer> all = new TreeSet<>(partitions);
            all.addAll(inTime.ask(manifests::partitions));
            for (int partition : all) {
                read(path, manifests, partition, ends);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            problems.add(path, "has manifests that cannot be read: " + InTime.why(e));
        }
        return ends;
    }

    private void read(String path, Manifests manifests, int partition, Map<Integer, Long> ends)
            throws ExecutionException, TimeoutException {
        try {
            ends.put(
                    partition,
                    inTime.ask(() -> manifests.readCurrent(partition).head().lastOffset()));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ManifestConflict)) {
                throw e;
            }
            problems.add(path, "cannot be added to: " + e.getCause().getMessage());
        }
    }
}
