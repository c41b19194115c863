package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.parquet.ArchiveFileWriter;
import io.millrace.archive.record.Header;
import io.millrace.archive.record.OwnedText;
import io.millrace.archive.record.RawRecord;
import io.millrace.archive.record.ReadEvent;
import io.millrace.archive.record.RecordCipher;
import io.millrace.archive.record.StoredRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A file of the archive, encoded before any clock starts: of the topic's first records, encrypted by a key of its own.
 *
 * @param records that it holds
 */
record CannedArchive(byte[] file, int records) {

    private static final int SAMPLE = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    static CannedArchive of(Settings settings) throws IOException {
        String topic = settings.get(Settings.TOPIC);
        ChainId id = new ChainId("bench", topic, 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveFileWriter writer = new ArchiveFileWriter(out, id);
        Chain chain = new Chain(id);
        Hash last = chain.genesis();
        List<ConsumerRecord<byte[], byte[]>> sample = sample(settings, new TopicPartition(topic, 0));
        RecordCipher cipher = new RecordCipher(new OneKey());
        for (ConsumerRecord<byte[], byte[]> record : sample) {
            StoredRecord stored = cipher.encrypt(raw(id, record), read(record.value()));
            Entry entry = chain.entry(record.offset(), record.timestamp(), stored.content(), stored.fields(), last);
            writer.add(entry);
            last = entry.hash();
        }
        Hash unused = writer.finish();
        return new CannedArchive(out.toByteArray(), sample.size());
    }

    private static List<ConsumerRecord<byte[], byte[]>> sample(Settings settings, TopicPartition partition) {
        List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(PollLoop.properties(settings))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Math.min(SAMPLE, consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L));
            while (sample.size() < end) {
                consumer.poll(PollLoop.POLL).forEach(sample::add);
            }
        }
        return sample;
    }

    private static RawRecord raw(ChainId id, ConsumerRecord<byte[], byte[]> record) {
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
        return new RawRecord(
                new Position(id, record.offset()), record.timestamp(), record.key(), headers, record.value());
    }

    private static ReadEvent read(byte[] value) throws IOException {
        JsonNode event = JSON.readTree(value);
        Subject person = Subject.person(event.path("userId").asText());
        Map<String, OwnedText> metadata = new LinkedHashMap<>();
        event.path("metadata").fields().forEachRemaining(member -> {
            boolean personal = member.getKey().equals("ip") || member.getKey().equals("userAgent");
            metadata.put(member.getKey(), new OwnedText(member.getValue().toString(), personal ? person : null));
        });
        return new ReadEvent(
                Kind.EVENT,
                List.of(person),
                Instant.parse(event.path("timestamp").asText()).toEpochMilli(),
                OwnedText.clear(event.path("eventId").asText()),
                OwnedText.clear(event.path("eventType").asText()),
                new OwnedText(event.path("userId").asText(), person),
                OwnedText.clear(event.path("accessedBy").asText()),
                OwnedText.clear(event.path("resourceId").asText()),
                metadata);
    }

    /** Returns as many bytes as so many records have, to be written one part after the other. */
    List<ByteBuffer> of(int count) {
        List<ByteBuffer> parts = new ArrayList<>();
        long left = (long) file.length * count / records;
        while (left > 0) {
            int part = (int) Math.min(left, file.length);
            parts.add(ByteBuffer.wrap(file, 0, part));
            left -= part;
        }
        return parts;
    }

    /** The same key for everybody. */
    private static final class OneKey implements KeyStore {

        private final DataKey key = new DataKey(UUID.randomUUID(), new byte[DataKey.LENGTH]);

        @Override
        public Optional<DataKey> keyFor(Subject subject, Position position) {
            return Optional.of(key);
        }

        @Override
        public Optional<DataKey> key(UUID id) {
            return Optional.of(key);
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }
}
