package io.millrace.analytics.proof;

import io.millrace.local.Addresses;
import io.millrace.testing.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The topics of one test, and the configuration of a job that reads and writes them. */
final class Topics {

    private static final int PARTITIONS = 2;
    private static final String CLOCK = "{\"pageUrl\":\"%s\",\"timestamp\":\"%s\"}";

    private static final String TICK = "{\"userId\":\"%s-clock\",\"type\":\"tick\",\"timestamp\":\"%s\"}";

    private static final String SAMPLE_TICK =
            "{\"service\":\"%s-clock\",\"route\":\"/\",\"method\":\"GET\",\"status\":200,"
                    + "\"durationMs\":1,\"timestamp\":\"%s\"}";

    private final KafkaTopics kafka;
    private final Addresses addresses;
    private final String name;

    private Topics(Addresses addresses, String name) {
        this.kafka = new KafkaTopics(addresses.kafkaBootstrap());
        this.addresses = addresses;
        this.name = name;
    }

    static Topics make(Addresses addresses, String name) {
        Topics topics = new Topics(addresses, name);
        topics.kafka.create(topics.views(), PARTITIONS);
        topics.kafka.create(topics.actions(), PARTITIONS);
        topics.kafka.create(topics.samples(), PARTITIONS);
        topics.kafka.create(topics.name("high-value"), 1);
        topics.kafka.create(topics.name("alerts"), 1);
        topics.kafka.create(topics.name("late"), 1);
        topics.kafka.create(topics.name("letters"), 1);
        return topics;
    }

    private String views() {
        return name("views");
    }

    private String actions() {
        return name("actions");
    }

    private String samples() {
        return name("metrics");
    }

    private String name(String topic) {
        return name + "-" + topic;
    }

    /** Deletes the topic of the views and makes another one of its name; returns that. */
    String remakeViews() {
        kafka.delete(views());
        kafka.create(views(), PARTITIONS);
        return views();
    }

    /** Makes the topic that dead letters are sent again to, and returns its name. */
    String makeRedrive() {
        String redrive = name + ".redrive";
        kafka.create(redrive, 1);
        return redrive;
    }

    /** Deletes the topic that dead letters are sent again to, and makes another one of its name. */
    void remakeRedrive() {
        kafka.delete(name + ".redrive");
        makeRedrive();
    }

    /** Returns a page that no other test looks at. */
    String page() {
        return "/" + name;
    }

    /** Returns the page whose views tell the time. */
    String clock() {
        return page() + "/clock";
    }

    void views(List<String> events) {
        write(views(), events);
    }

    /** Writes actions, by turns to each partition. */
    void actions(List<String> events) {
        write(actions(), events);
    }

    /** Writes samples of requests, by turns to each partition. */
    void samples(List<String> events) {
        write(samples(), events);
    }

    private void write(String topic, List<String> events) {
        kafka.write(IntStream.range(0, events.size())
                .mapToObj(i -> record(topic, i % PARTITIONS, events.get(i)))
                .toList());
    }

    /** Says in every partition that it is so late. */
    void time(Instant instant) {
        // the watermark stays behind by the disorder that is allowed
        String view = CLOCK.formatted(clock(), instant.plusSeconds(1));
        kafka.write(IntStream.range(0, PARTITIONS)
                .mapToObj(i -> record(views(), i, view))
                .toList());
    }

    /** Says in every partition of the actions that it is so late. */
    void actionTime(Instant instant) {
        String action = TICK.formatted(name, instant.plusSeconds(1));
        write(actions(), Collections.nCopies(PARTITIONS, action));
    }

    /** Says in every partition of the samples that it is so late. */
    void sampleTime(Instant instant) {
        write(samples(), Collections.nCopies(PARTITIONS, SAMPLE_TICK.formatted(name, instant.plusSeconds(1))));
    }

    private ProducerRecord<byte[], byte[]> record(String topic, int partition, String event) {
        return new ProducerRecord<>(topic, partition, null, null, event.getBytes(StandardCharsets.UTF_8));
    }

    List<String> late() {
        return read("late");
    }

    List<String> letters() {
        return read("letters");
    }

    /** Returns who was told to be a high-value user, in committed transactions. */
    List<String> highValueUsers() {
        return read("high-value");
    }

    /** Returns which experiments are told to be in a mismatch, in committed transactions. */
    List<String> alerts() {
        return read("alerts");
    }

    private List<String> read(String topic) {
        return kafka.read(name(topic)).stream()
                .map(record -> record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    String yaml(int generation) {
        return """
                name: %1$s
                generation: %2$d
                job: {parallelism: 2, checkpoint-interval: 500 ms}
                source:
                  kafka: {bootstrap-servers: "%3$s"}
                  page-views: %1$s-views
                  user-actions: %1$s-actions
                  metrics: %1$s-metrics
                windows: {disorder: 1 s, ahead: 2 d}
                activity: {high-value: {topic: %1$s-high-value}}
                experiments: {mismatch: {topic: %1$s-alerts}}
                late-events: {topic: %1$s-late}
                targets:
                  redis: {uri: "%6$s"}
                  clickhouse: {url: "%4$s", batch: {interval: 100 ms}}
                dead-letters: {topic: %1$s-letters, overflow-folder: "%5$s"}
                """.formatted(
                        name,
                        generation,
                        addresses.kafkaBootstrap(),
                        addresses.clickhouseUrl(),
                        Path.of("target", "overflow").toAbsolutePath().toUri(),
                        addresses.redisUri());
    }
}
