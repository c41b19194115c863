package io.millrace.audit.preflight;

import io.millrace.archive.write.Manifests;
import io.millrace.audit.folder.Folders;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.common.config.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What Kafka removed before it was archived: in the archive it would look like any other hole in the offsets. */
public final class LostRecords {

    private final InTime inTime;
    private final Problems problems;

    /**
     * Makes it.
     *
     * @param patience how long the archive may take to answer
     */
    public LostRecords(Duration patience, Problems problems) {
        this.inTime = new InTime(patience);
        this.problems = problems;
    }

    /**
     * Notes partitions that begin behind the end of the archive.
     *
     * @param path of the setting that accepts them
     * @param first offsets that Kafka still has, by partition
     */
    public void check(String path, ArchiveOptions archive, boolean accepted, Map<Integer, Long> first) {
        first.forEach((partition, offset) -> {
            long end = end(archive, partition, offset);
            if (end >= 0 && offset > end + 1) {
                note(
                        path,
                        accepted,
                        "partition " + partition + " of " + archive.topic() + " begins at offset " + offset
                                + ", and the archive ends at " + end);
            }
        });
    }

    private void note(String path, boolean accepted, String where) {
        if (accepted) {
            problems.note(path, where + ": what was in between is accepted as lost");
        } else {
            problems.add(
                    path,
                    "is false, and " + where
                            + ": Kafka removed what was in between before it was archived. Write down why, and"
                            + " set it to true for this start");
        }
    }

    /** An archive that cannot be read is another check's problem. */
    private long end(ArchiveOptions archive, int partition, long unknown) {
        try {
            return inTime.ask(() -> new Manifests(Folders.open(archive.address()), archive.name(), archive.topic())
                    .read(partition)
                    .head()
                    .lastOffset());
        } catch (ExecutionException | TimeoutException e) {
            return unknown;
        }
    }
}
