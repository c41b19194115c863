package io.millrace.cli.deadletter;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends letters to their pipelines, not faster than it was told. A letter counts as sent when Kafka has it. */
final class RedriveSender implements AutoCloseable {
    private static final long LARGEST = 128L << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final long nanosEach;
    private final long began = System.nanoTime();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<CommandFailure> failure = new AtomicReference<>();
    private long given;

    /**
     * Opens a producer.
     *
     * @param rate letters a second, at least 1
     */
    RedriveSender(Properties client, int rate) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Long.toString(LARGEST));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(2 * LARGEST));
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.nanosEach = Duration.ofSeconds(1).toNanos() / rate;
    }

    void send(Letter letter) {
        throwIfFailed();
        ProducerRecord<byte[], byte[]> record;
        try {
            record = RedriveRecord.of(letter);
        } catch (IOException e) {
            throw failed(letter, "its payload is no longer where it was: " + e.getMessage(), e);
        }
        pace();
        var unused = producer.send(record, (metadata, error) -> {
            if (error == null) {
                acknowledged.incrementAndGet();
            } else {
                failure.compareAndSet(null, failed(letter, reason(record, error), error));
            }
        });
    }

    private void pace() {
        long due = began + given * nanosEach;
        given++;
        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
            LockSupport.parkNanos(early);
        }
    }

    /** Waits until Kafka has everything, and returns how many letters that was. */
    long finish() {
        producer.flush();
        throwIfFailed();
        return acknowledged.get();
    }

    private void throwIfFailed() {
        CommandFailure failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private CommandFailure failed(Letter letter, String reason, Exception cause) {
        return new CommandFailure(
                "letter " + letter.position() + " was not sent: " + reason + ". " + acknowledged.get()
                        + " others were; the same command goes on with the rest",
                cause);
    }

    private static String reason(ProducerRecord<byte[], byte[]> record, Exception error) {
        if (error instanceof RecordTooLargeException) {
            return "topic `" + record.topic() + "` takes no record of its size; raise its max.message.bytes in"
                    + " deploy/topics.yaml and say `millrace topics apply`";
        }
        return "Kafka answered: " + error.getMessage();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
