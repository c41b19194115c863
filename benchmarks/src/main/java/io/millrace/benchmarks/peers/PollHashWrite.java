package io.millrace.benchmarks.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * The least that an archive with a chain takes: bare consumers, one SHA-256 of each record with the hash before it, and
 * bytes of a file that was encoded before, as many for each record as the job writes. It has done all of it once before
 * any clock starts.
 */
final class PollHashWrite implements Peer {

    private final List<Share> shares = new ArrayList<>();
    private long total;

    @Override
    public void prepare(Settings settings) throws Exception {
        total = settings.number(Settings.RECORDS);
        CannedArchive canned = CannedArchive.of(settings);
        int threads = settings.number(Settings.THREADS);
        for (int i = 0; i < threads; i++) {
            KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(PollLoop.properties(settings));
            consumer.assign(PollLoop.share(consumer, settings.get(Settings.TOPIC), i, threads));
            shares.add(new Share(
                    consumer, canned, Path.of(settings.get(Settings.FOLDER)).resolve("bench-canned-" + i)));
        }
        run(done -> {});
    }

    @Override
    public void run(LongConsumer progress) throws Exception {
        AtomicLong done = new AtomicLong();
        Shares.run(shares, share -> {
            share.begin();
            while (done.get() < total) {
                done.addAndGet(share.next());
                progress.accept(done.get());
            }
        });
    }

    /** What one thread does. */
    private static final class Share {

        /** Records after which a file is forced to the disk: no more than a file of the job's has at its fastest. */
        private static final int FILE = 10_000;

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final CannedArchive canned;
        private final Path file;
        private final MessageDigest digest;
        private byte[] previous = new byte[32];
        private int unforced;

        Share(KafkaConsumer<byte[], byte[]> consumer, CannedArchive canned, Path file) throws NoSuchAlgorithmException {
            this.consumer = consumer;
            this.canned = canned;
            this.file = file;
            this.digest = MessageDigest.getInstance("SHA-256");
        }

        void begin() {
            consumer.seekToBeginning(consumer.assignment());
        }

        int next() throws IOException {
            int count = 0;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PollLoop.POLL)) {
                digest.update(previous);
                digest.update(record.key());
                digest.update(record.value());
                previous = digest.digest();
                count++;
            }
            write(count);
            return count;
        }

        private void write(int records) throws IOException {
            unforced += records;
            boolean ends = unforced >= FILE;
            try (FileChannel out = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                for (ByteBuffer part : canned.of(records)) {
                    while (part.hasRemaining()) {
                        out.write(part);
                    }
                }
                if (ends) {
                    out.force(true);
                    out.truncate(0);
                    unforced = 0;
                }
            }
        }
    }
}
