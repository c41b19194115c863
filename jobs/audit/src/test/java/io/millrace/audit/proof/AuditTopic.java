package io.millrace.audit.proof;

import static org.awaitility.Awaitility.await;

import io.millrace.testing.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic of audit events. Its first records bear any time that a test gives them; then the brokers' own time is switched
 * on, as the job demands it.
 */
final class AuditTopic {

    private static final String TIMESTAMPS = "message.timestamp.type";

    private final String bootstrap;
    private final KafkaTopics kafka;
    private final String name;

    private AuditTopic(String bootstrap, String name) {
        this.bootstrap = bootstrap;
        this.kafka = new KafkaTopics(bootstrap);
        this.name = name;
    }

    static AuditTopic make(String bootstrap, String name, int partitions) {
        AuditTopic topic = new AuditTopic(bootstrap, name);
        topic.kafka.create(name, partitions, Map.of("retention.ms", "-1", TIMESTAMPS, "CreateTime"));
        topic.kafka.create(name + "-digests", 1);
        topic.kafka.create(name + "-letters", 1);
        topic.kafka.create(name + "-alerts", 1);
        return topic;
    }

    String name() {
        return name;
    }

    ProducerRecord<byte[], byte[]> record(int partition, long time, String key, String value) {
        return new ProducerRecord<>(name, partition, time, bytes(key), bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void write(List<ProducerRecord<byte[], byte[]>> records) {
        kafka.write(records);
    }

    /** Writes records in a transaction, and commits it or takes it back: both leave holes in the offsets. */
    void writeInTransaction(List<ProducerRecord<byte[], byte[]>> records, boolean commit) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                Future<RecordMetadata> unused = producer.send(record);
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
        kafka.awaitDecided(name);
    }

    /** From here on the brokers give the time. */
    AuditTopic byBrokersTime() throws ExecutionException, InterruptedException {
        return set(TIMESTAMPS, "LogAppendTime");
    }

    /** Returns when the broker tells of it, as it does to the job: the controller has it a moment before. */
    AuditTopic set(String setting, String value) throws ExecutionException, InterruptedException {
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
            await("the broker tells of " + setting + "=" + value)
                    .until(
                            () -> admin.describeConfigs(List.of(topic))
                                    .values()
                                    .get(topic)
                                    .get()
                                    .get(setting)
                                    .value(),
                            value::equals);
        }
        return this;
    }

    /** Removes the records of a partition below an offset, as retention does. */
    void removeBefore(int partition, long offset) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteRecords(Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    /** Deletes the topic, and makes one that is called like it. */
    void makeAnew(int partitions) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(List.of(name)).all().get();
            await("the topic is gone")
                    .until(() -> !admin.listTopics().names().get().contains(name));
        }
        kafka.create(name, partitions, Map.of("retention.ms", "-1", TIMESTAMPS, "LogAppendTime"));
    }

    /** Returns what a read-committed reader of the topic sees. */
    List<ConsumerRecord<byte[], byte[]>> committed() {
        return kafka.read(name);
    }

    List<ConsumerRecord<byte[], byte[]>> digests() {
        return kafka.read(name + "-digests");
    }

    /** Returns what a read-committed reader sees of the alerts. */
    List<String> alerts() {
        return kafka.read(name + "-alerts").stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    List<ConsumerRecord<byte[], byte[]>> letters() {
        return kafka.read(name + "-letters");
    }
}
