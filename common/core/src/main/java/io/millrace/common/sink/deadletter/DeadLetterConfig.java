package io.millrace.common.sink.deadletter;

import io.millrace.common.sink.kafka.KafkaConnection;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where dead letters go.
 *
 * @param topic the dead-letter topic
 * @param maxRecordBytes the largest record that is sent, key, value and headers together; to be kept below the
 *     topic's {@code max.message.bytes}, or the broker refuses the record and the job fails
 * @param overflowFolder where larger payloads are stored, as an address that Flink's file systems understand and every
 *     TaskManager reaches; null if there is none, and then a larger payload fails the job
 * @param timeout how long one write waits for Kafka's acknowledgement, retries included
 */
public record DeadLetterConfig(
        KafkaConnection kafka,
        String topic,
        int maxRecordBytes,
        @Nullable String overflowFolder,
        Duration timeout) implements Serializable {

    /** Leaves about a tenth of a broker's default limit of 1 MiB for what a record batch adds. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 900 * 1024;

    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

    /** With the default limit and time-out, and without an overflow folder. */
    public DeadLetterConfig(KafkaConnection kafka, String topic) {
        this(kafka, topic, DEFAULT_MAX_RECORD_BYTES, null, DEFAULT_TIMEOUT);
    }

    public DeadLetterConfig withOverflowFolder(String folder) {
        return new DeadLetterConfig(kafka, topic, maxRecordBytes, folder, timeout);
    }

    public DeadLetterConfig withMaxRecordBytes(int bytes) {
        return new DeadLetterConfig(kafka, topic, bytes, overflowFolder, timeout);
    }
}
