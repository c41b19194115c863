package io.millrace.audit.preflight;

import io.millrace.common.config.Problems;
import java.util.Map;

/** What Kafka removed before it was archived: in the archive it would look like any other hole in the offsets. */
public final class LostRecords {

    private final String topic;
    private final Problems problems;

    public LostRecords(String topic, Problems problems) {
        this.topic = topic;
        this.problems = problems;
    }

    /**
     * Notes partitions that begin behind the end of the archive.
     *
     * @param path of the setting that accepts them
     * @param first offsets that Kafka still has, by partition
     * @param archived last offsets in the archive, by partition
     */
    public void check(String path, boolean accepted, Map<Integer, Long> first, Map<Integer, Long> archived) {
        first.forEach((partition, offset) -> {
            long end = archived.getOrDefault(partition, -1L);
            if (end >= 0 && offset > end + 1) {
                note(
                        path,
                        accepted,
                        "partition " + partition + " of " + topic + " begins at offset " + offset
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
}
