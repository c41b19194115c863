package io.millrace.cli.audit;

import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.FilesInMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The digests of a topic. */
final class DigestTopic {

    private DigestTopic() {}

    /**
     * Reads the topic as it is now, as the folder that a witness has: each digest by its name; what is no digest is
     * under the name of its place, which is none of a digest.
     */
    static ArchiveFolder read(Properties client, String topic) {
        NavigableMap<String, byte[]> digests = new TreeMap<>();
        try (TopicCursor cursor = new TopicCursor(client, topic)) {
            for (int partition = 0; partition < cursor.partitions(); partition++) {
                cursor.open(partition);
                Optional<ConsumerRecord<byte[], byte[]>> record = cursor.peek();
                while (record.isPresent()) {
                    add(digests, record.get());
                    cursor.skip();
                    record = cursor.peek();
                }
            }
        }
        return new FilesInMemory(digests);
    }

    /** A digest is written at least once: the same bytes again say nothing new, and other bytes must not hide the first. */
    private static void add(Map<String, byte[]> digests, ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        String place = "digests/" + record.topic() + "-" + record.partition() + "-" + record.offset();
        String name;
        try {
            name = SignedDigest.of(value).digest().name();
        } catch (IOException e) {
            name = place;
        }
        byte[] before = digests.putIfAbsent(name, value);
        if (before != null && !Arrays.equals(before, value)) {
            digests.put(place, value);
        }
    }
}
