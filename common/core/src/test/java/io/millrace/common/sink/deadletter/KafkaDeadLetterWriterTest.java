package io.millrace.common.sink.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.failure.Letters;
import io.millrace.common.sink.kafka.KafkaConnection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KafkaDeadLetterWriterTest {

    private static final DeadLetterConfig CONFIG =
            new DeadLetterConfig(new KafkaConnection("127.0.0.1:1"), "dead-letter-queue");

    @Test
    void returnsOnlyWhenEveryLetterIsAcknowledged() throws Exception {
        MockProducer<byte[], byte[]> kafka = new UnflushedProducer();
        KafkaDeadLetterWriter writer = new KafkaDeadLetterWriter(CONFIG, new DeadLetters(CONFIG), kafka);
        Thread writing = new Thread(() -> write(writer, 2));
        writing.start();
        Awaitility.await("two records sent").until(() -> kafka.history().size() == 2);

        assertThat(kafka.completeNext()).isTrue();
        writing.join(200);
        assertThat(writing.isAlive()).as("waits for the second").isTrue();
        assertThat(kafka.completeNext()).isTrue();

        writing.join(60_000);
        assertThat(writing.isAlive()).isFalse();
    }

    @Test
    void failsIfOneLetterIsNotAcknowledged() throws IOException {
        MockProducer<byte[], byte[]> kafka = failing(new TimeoutException("expired"));
        KafkaDeadLetterWriter writer = new KafkaDeadLetterWriter(CONFIG, new DeadLetters(CONFIG), kafka);

        assertThatThrownBy(() -> write(writer, 1))
                .hasRootCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("dead-letter topic dead-letter-queue at 127.0.0.1:1 did not acknowledge");
    }

    /** Kafka's client does so until it has a producer id, for as long as the brokers give none. */
    @Test
    void failsIfTheClientNeitherSendsNorGivesUp() throws IOException {
        DeadLetterConfig config = new DeadLetterConfig(
                new KafkaConnection("127.0.0.1:1"), "dead-letter-queue", 1_000, null, Duration.ofMillis(1));
        KafkaDeadLetterWriter writer =
                new KafkaDeadLetterWriter(config, new DeadLetters(config), new UnflushedProducer());

        assertThatThrownBy(() -> write(writer, 2)).hasMessageContaining("did not acknowledge all of 2 dead letters");
    }

    @Test
    void namesTheRemedyIfTheBrokersLimitIsLower() throws IOException {
        MockProducer<byte[], byte[]> kafka = failing(new RecordTooLargeException("too large"));
        KafkaDeadLetterWriter writer = new KafkaDeadLetterWriter(CONFIG, new DeadLetters(CONFIG), kafka);

        assertThatThrownBy(() -> write(writer, 1)).hasMessageContaining("max.message.bytes");
    }

    @Test
    void staysInterruptedIfItIsInterruptedWhileItWaits() throws Exception {
        KafkaDeadLetterWriter writer =
                new KafkaDeadLetterWriter(CONFIG, new DeadLetters(CONFIG), new UnflushedProducer());

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> writer.write(List.of(Letters.withValue(new byte[1]))))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void doesNotOpenWithoutKafka() {
        DeadLetterConfig config = new DeadLetterConfig(
                new KafkaConnection("127.0.0.1:1"), "dead-letter-queue", 1_000, null, Duration.ofMillis(300));

        assertThatThrownBy(() -> new KafkaDeadLetterQueue(config).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer within 300 ms; start Kafka, create the topic");
    }

    private static MockProducer<byte[], byte[]> failing(RuntimeException error) {
        return new UnflushedProducer() {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
                Future<RecordMetadata> sent = super.send(record);
                errorNext(error);
                return sent;
            }
        };
    }

    private static void write(KafkaDeadLetterWriter writer, int count) {
        try {
            writer.write(Collections.nCopies(count, Letters.withValue(new byte[1])));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kafka's own mock completes every record on flush; here only the test completes one. */
    private static class UnflushedProducer extends MockProducer<byte[], byte[]> {
        UnflushedProducer() {
            super(false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized void flush() {}
    }
}
