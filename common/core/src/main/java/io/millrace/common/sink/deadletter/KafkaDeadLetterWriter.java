package io.millrace.common.sink.deadletter;

import io.millrace.common.event.ProducedRecord;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.DeadLetterWriter;
import io.millrace.common.sink.kafka.KafkaRecords;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes dead letters with an idempotent producer of its own and waits for every replica in sync. */
final class KafkaDeadLetterWriter implements DeadLetterWriter {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final DeadLetterConfig config;
    private final DeadLetters letters;
    private final Producer<byte[], byte[]> producer;

    KafkaDeadLetterWriter(DeadLetterConfig config, DeadLetters letters, Producer<byte[], byte[]> producer) {
        this.config = config;
        this.letters = letters;
        this.producer = producer;
    }

    static KafkaDeadLetterWriter open(DeadLetterConfig config) throws IOException {
        DeadLetters letters = new DeadLetters(config);
        Producer<byte[], byte[]> producer;
        try {
            producer = new KafkaProducer<>(
                    producerProperties(config), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw new IOException("the client for " + described(config) + " cannot be made", e);
        }
        try {
            producer.partitionsFor(config.topic());
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw new IOException(
                    described(config) + " does not answer within "
                            + config.timeout().toMillis()
                            + " ms; start Kafka, create the topic, or correct dead-letters",
                    e);
        }
        return new KafkaDeadLetterWriter(config, letters, producer);
    }

    private static Properties producerProperties(DeadLetterConfig config) {
        Properties properties = config.kafka().reveal();
        int timeout = Math.toIntExact(config.timeout().toMillis());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(config.maxRecordBytes() + 64 * 1024));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(Math.min(timeout, 30_000)));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(timeout));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Integer.toString(timeout));
        return properties;
    }

    @Override
    public void write(List<DeadLetter> refused) throws IOException {
        try {
            List<Future<?>> acknowledgements = new ArrayList<>(refused.size());
            for (DeadLetter letter : refused) {
                ProducedRecord record = letters.toRecord(letter);
                acknowledgements.add(producer.send(KafkaRecords.toKafka(record)));
            }
            await(acknowledgements);
        } catch (TimeoutException e) {
            throw notAcknowledged(refused.size(), e);
        } catch (ExecutionException e) {
            throw notAcknowledged(refused.size(), e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + described(config) + " was to acknowledge");
        } catch (KafkaException e) {
            throw notAcknowledged(refused.size(), e);
        }
    }

    /** Kafka's client fails a record in time by itself, unless it has not got its producer id yet: that has no limit. */
    private void await(List<Future<?>> acknowledgements)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + config.timeout().plus(GRACE).toNanos();
        for (Future<?> acknowledgement : acknowledgements) {
            acknowledgement.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private IOException notAcknowledged(int count, Throwable cause) {
        String remedy = cause instanceof RecordTooLargeException
                ? "; lower dead-letters.largest-record (" + config.maxRecordBytes() + " bytes) below the topic's"
                        + " max.message.bytes"
                : "";
        return new IOException(
                described(config) + " did not acknowledge all of " + count + " dead letters" + remedy, cause);
    }

    private static String described(DeadLetterConfig config) {
        return "dead-letter topic " + config.topic() + " at " + config.kafka().bootstrapServers();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
