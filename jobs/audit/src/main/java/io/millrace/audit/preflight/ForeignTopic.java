package io.millrace.audit.preflight;

import io.millrace.common.config.Problems;
import java.util.Map;

/** A topic that was made anew, or lost its end: it gives offsets again that the archive has, of other records. */
public final class ForeignTopic {

    private final String topic;
    private final Problems problems;

    public ForeignTopic(String topic, Problems problems) {
        this.topic = topic;
        this.problems = problems;
    }

    /**
     * Notes partitions that end before the archive does, or are not there.
     *
     * @param path of the setting that says where the archive is
     * @param ends offsets behind the last record in Kafka, by partition
     * @param archived last offsets in the archive, by partition
     */
    public void check(String path, Map<Integer, Long> ends, Map<Integer, Long> archived) {
        archived.forEach((partition, last) -> {
            Long end = ends.get(partition);
            if (end == null ? last >= 0 : end <= last) {
                problems.add(
                        path,
                        "holds partition " + partition + " of " + topic + " through offset " + last + ", and in Kafka "
                                + (end == null ? "there is no such partition" : "it ends before offset " + end)
                                + ": the topic was made anew or lost its end, and new records would be passed over as"
                                + " archived, because they have the offsets of others. Archive it into a new folder, with"
                                + " a new `archive.name`; this archive stays as it is, and verifies");
            }
        });
    }
}
