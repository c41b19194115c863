package io.millrace.cli.audit;

import io.millrace.archive.digest.SignedDigest;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The digests of a topic, in the folder that a witness has.
 *
 * @param digests by their names; what is no digest is under the name of its place, which is none of a digest
 */
record DigestTopic(Map<String, byte[]> digests) implements ArchiveFolder {

    /** Reads the topic as it is now. */
    static DigestTopic read(Properties client, String topic) {
        Map<String, byte[]> digests = new TreeMap<>();
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
        return new DigestTopic(digests);
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

    @Override
    public List<String> list(String folder) {
        return digests.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .toList();
    }

    @Override
    public boolean has(String name) {
        return digests.containsKey(name);
    }

    @Override
    public ArchiveFile open(String name) throws NoSuchFileException {
        byte[] bytes = digests.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return new Bytes(bytes);
    }

    /** Bytes in memory. */
    private record Bytes(byte[] bytes) implements ArchiveFile {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] read(long position, int length) throws IOException {
            if (position + length > bytes.length) {
                throw new IOException("it ends before byte " + (position + length));
            }
            return Arrays.copyOfRange(bytes, (int) position, (int) position + length);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
