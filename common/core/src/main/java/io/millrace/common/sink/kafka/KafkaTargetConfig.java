package io.millrace.common.sink.kafka;

import java.io.Serializable;
import java.time.Duration;

/**
 * How records are written to Kafka. Idempotence, acknowledgement by all replicas and the order of each key are given.
 *
 * @param linger how long a record waits for others to share its batch; longer is slower and cheaper
 * @param batchBytes the size at which a batch of one partition is sent without waiting
 * @param maxRecordBytes the largest record that is sent, keys and headers included; to be kept below the
 *     topic's {@code max.message.bytes}. A larger one fails the job, so whoever makes records turns those away before
 * @param deliveryTimeout how long one record is tried before the job fails and starts again from its last checkpoint
 */
public record KafkaTargetConfig(
        KafkaConnection kafka,
        Compression compression,
        Duration linger,
        int batchBytes,
        int maxRecordBytes,
        Duration deliveryTimeout)
        implements Serializable {

    public static final Duration DEFAULT_LINGER = Duration.ofMillis(10);
    public static final int DEFAULT_BATCH_BYTES = 128 * 1024;

    /** Leaves room for what a batch adds below a broker's default limit of 1 MiB. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 1_000_000;

    public static final Duration DEFAULT_DELIVERY_TIMEOUT = Duration.ofMinutes(2);

    /** With the defaults, uncompressed. */
    public KafkaTargetConfig(KafkaConnection kafka) {
        this(
                kafka,
                Compression.NONE,
                DEFAULT_LINGER,
                DEFAULT_BATCH_BYTES,
                DEFAULT_MAX_RECORD_BYTES,
                DEFAULT_DELIVERY_TIMEOUT);
    }

    public KafkaTargetConfig withCompression(Compression chosen) {
        return new KafkaTargetConfig(kafka, chosen, linger, batchBytes, maxRecordBytes, deliveryTimeout);
    }
}
