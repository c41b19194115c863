package io.millrace.cdc.settings;

import io.millrace.common.config.ClientProperties;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Setting;
import io.millrace.common.job.JobOptions;
import io.millrace.common.settings.Sizes;
import io.millrace.common.sink.kafka.Compression;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.KafkaTargetConfig;
import io.millrace.common.sink.kafka.Transactions;
import io.millrace.common.source.kafka.TopicOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/**
 * Kafka as a target.
 *
 * @param topicPrefix the topic of a table is {@code <prefix>.<schema>.<table>}
 * @param withSchema whether keys and values carry their schema
 * @param transactions present for exactly-once
 */
public record KafkaTargetSettings(
        KafkaTargetConfig config, String topicPrefix, boolean withSchema, Optional<Transactions> transactions) {

    /** How often a reader sees a record. */
    public enum Delivery {
        AT_LEAST_ONCE,
        EXACTLY_ONCE
    }

    static final String KEY = "targets.kafka";

    static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
                    "targets.kafka.bootstrap-servers",
                    "Addresses of some of the brokers, `host:port` joined by commas.")
            .mustBeGiven();

    static final Setting<String> TOPIC_PREFIX = Setting.text(
                    "targets.kafka.topic-prefix",
                    "dbserver1",
                    "First part of the topics' names: a table goes to `<prefix>.<schema>.<table>`.")
            .mustBe(TopicOptions::isTopic, "be letters, digits, `.`, `_` and `-`", "Kafka has no other topics");

    static final Setting<Boolean> WITH_SCHEMA = Setting.flag(
            "targets.kafka.with-schema",
            true,
            "Whether keys and values are wrapped as `{\"schema\":…,\"payload\":…}`. Without it messages are a tenth of"
                    + " the size, and readers must know the types of the columns by themselves. Change it together with"
                    + " `topic-prefix` only: keys of both forms in one topic are different keys.");

    static final Setting<Delivery> DELIVERY = Setting.oneOf(
            "targets.kafka.delivery",
            Delivery.class,
            Delivery.AT_LEAST_ONCE,
            "At least once: records can be read as soon as they are written, some twice after a restart."
                    + " Exactly once: read-committed readers see what a completed checkpoint covers, each change once; what"
                    + " they read is as old as the checkpoint interval.");

    static final Setting<String> TRANSACTION_PREFIX = Setting.text(
            "targets.kafka.transactions.id-prefix",
            "With exactly-once: begins every transactional id; the pipeline's name by default. No other job may use it.");

    static final Setting<Duration> TRANSACTION_TIMEOUT = Setting.duration(
            "targets.kafka.transactions.timeout",
            Transactions.DEFAULT_TIMEOUT,
            "With exactly-once: time after which the broker gives a transaction up. Too low loses data after a long"
                    + " outage; too high holds readers back when the job does not return. The broker's"
                    + " `transaction.max.timeout.ms` bounds it.");

    static final Setting<Compression> COMPRESSION = Setting.oneOf(
            "targets.kafka.compression",
            Compression.class,
            Compression.NONE,
            "How batches are compressed: only what every client can read.");

    static final Setting<Duration> LINGER = Setting.duration(
            "targets.kafka.linger",
            KafkaTargetConfig.DEFAULT_LINGER,
            "Time a record waits for others to share its batch. Higher is slower and costs less.");

    static final Setting<MemorySize> BATCH_SIZE = Setting.memorySize(
                    "targets.kafka.batch-size",
                    new MemorySize(KafkaTargetConfig.DEFAULT_BATCH_BYTES),
                    "Size at which a batch of one partition goes out without waiting.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "Kafka counts bytes in 32 bits");

    static final Setting<MemorySize> LARGEST_RECORD = Setting.memorySize(
                    "targets.kafka.largest-record",
                    new MemorySize(KafkaTargetConfig.DEFAULT_MAX_RECORD_BYTES),
                    "Largest record that is written. It must stay below the topic's `max.message.bytes`, or the broker"
                            + " refuses it and the job fails.")
            .mustBe(Sizes::isInt, "be below 2 GiB", "Kafka counts bytes in 32 bits");

    static final Setting<Duration> DELIVERY_TIMEOUT = Setting.duration(
            "targets.kafka.delivery-timeout",
            KafkaTargetConfig.DEFAULT_DELIVERY_TIMEOUT,
            "Time one record is tried before the job fails and restarts from its last checkpoint. Lower restarts"
                    + " earlier in an outage.");

    static final Setting<ClientProperties> PROPERTIES = Setting.properties(
            "targets.kafka.properties",
            "Further properties of Kafka's producer, by their own names: TLS and SASL, for example.");

    static final List<Setting<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            TOPIC_PREFIX,
            WITH_SCHEMA,
            DELIVERY,
            TRANSACTION_PREFIX,
            TRANSACTION_TIMEOUT,
            COMPRESSION,
            LINGER,
            BATCH_SIZE,
            LARGEST_RECORD,
            DELIVERY_TIMEOUT,
            PROPERTIES);

    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        boolean once =
                config.find(DELIVERY).filter(Delivery.EXACTLY_ONCE::equals).isPresent();
        if (!once && config.has("targets.kafka.transactions")) {
            problems.add(
                    "targets.kafka.transactions",
                    "has no effect; remove it or set `" + DELIVERY.key() + "` to exactly-once");
        }
        config.find(DELIVERY_TIMEOUT)
                .filter(timeout -> timeout.compareTo(config.find(LINGER).orElse(Duration.ZERO)) <= 0)
                .ifPresent(timeout -> problems.add(
                        DELIVERY_TIMEOUT.key(),
                        "is not above `" + LINGER.key() + "`; raise it or lower the other, because a record may wait so"
                                + " long before it is sent"));
    }

    static KafkaTargetSettings read(ConfigReader config) {
        KafkaTargetConfig target = new KafkaTargetConfig(
                new KafkaConnection(config.get(BOOTSTRAP_SERVERS), config.get(PROPERTIES)),
                config.get(COMPRESSION),
                config.get(LINGER),
                Sizes.toInt(config.get(BATCH_SIZE)),
                Sizes.toInt(config.get(LARGEST_RECORD)),
                config.get(DELIVERY_TIMEOUT));
        Optional<Transactions> transactions = Optional.of(config.get(DELIVERY))
                .filter(Delivery.EXACTLY_ONCE::equals)
                .map(once -> new Transactions(
                        config.find(TRANSACTION_PREFIX).orElse(config.get(JobOptions.NAME)),
                        config.get(TRANSACTION_TIMEOUT)));
        return new KafkaTargetSettings(target, config.get(TOPIC_PREFIX), config.get(WITH_SCHEMA), transactions);
    }
}
