package io.millrace.common.sink.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of a Kafka, asked before a job starts. It creates none. */
public final class TopicInventory implements AutoCloseable {

    private final Admin admin;
    private final KafkaConnection kafka;

    private TopicInventory(Admin admin, KafkaConnection kafka) {
        this.admin = admin;
        this.kafka = kafka;
    }

    /**
     * Opens a client.
     *
     * @param patience how long to wait for each answer
     * @throws IOException if the address or a property cannot be used
     */
    public static TopicInventory open(KafkaConnection kafka, Duration patience) throws IOException {
        try {
            return new TopicInventory(Admin.create(BrokerLimits.properties(kafka, patience)), kafka);
        } catch (KafkaException e) {
            throw KafkaAnswers.unusable(kafka, e);
        }
    }

    /**
     * Returns the topics that this client may see, without Kafka's own.
     *
     * @throws IOException if Kafka does not answer
     */
    public Set<String> names() throws IOException {
        try {
            return new TreeSet<>(admin.listTopics().names().get());
        } catch (ExecutionException e) {
            throw KafkaAnswers.none(kafka, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /**
     * Returns how many partitions a topic has.
     *
     * @throws IOException if Kafka does not answer, or has no such topic for this client
     */
    public int partitions(String topic) throws IOException {
        KafkaFuture<TopicDescription> description =
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
        return description(Objects.requireNonNull(description)).partitions().size();
    }

    /**
     * Returns the offset of the first record that each partition of a topic still has.
     *
     * @throws IOException if Kafka does not answer, or has no such topic for this client
     */
    public Map<Integer, Long> firstOffsets(String topic) throws IOException {
        Map<Integer, Long> first = new TreeMap<>();
        offsets(topic, OffsetSpec.earliest())
                .forEach((partition, offset) -> first.put(partition.partition(), offset.offset()));
        return first;
    }

    /**
     * Returns the time of a topic's newest record, of any partition, in milliseconds since 1970; empty if it has none.
     *
     * @throws IOException if Kafka does not answer, has no such topic for this client, or is older than 3.0
     */
    public OptionalLong newestTime(String topic) throws IOException {
        return offsets(topic, OffsetSpec.maxTimestamp()).values().stream()
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .filter(time -> time >= 0)
                .max();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(String topic, OffsetSpec spec) throws IOException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        int partitions = partitions(topic);
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(topic, partition), spec);
        }
        try {
            return admin.listOffsets(asked).all().get();
        } catch (ExecutionException e) {
            throw KafkaAnswers.none(kafka, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /**
     * Returns what is to be known of each topic.
     *
     * @throws IOException if Kafka does not answer; that it refuses to is an answer
     */
    public Map<String, TopicState> states(Collection<String> topics) throws IOException {
        Map<String, TopicState> states = new LinkedHashMap<>();
        for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
            states.put(topic.getKey(), existence(topic.getValue()));
        }
        List<ConfigResource> present = states.entrySet().stream()
                .filter(state -> state.getValue() instanceof TopicState.Present)
                .map(state -> new ConfigResource(ConfigResource.Type.TOPIC, state.getKey()))
                .toList();
        for (var topic : admin.describeConfigs(present).values().entrySet()) {
            states.put(topic.getKey().name(), new TopicState.Present(settings(topic.getValue())));
        }
        return states;
    }

    /**
     * Returns the id that Kafka gave each topic when it was made; without topics that are not there or may not be seen,
     * and of a Kafka before 2.8, which gives none.
     *
     * @throws IOException if Kafka does not answer
     */
    public Map<String, String> ids(Collection<String> topics) throws IOException {
        Map<String, String> ids = new TreeMap<>();
        for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
            if (existence(topic.getValue()) instanceof TopicState.Present) {
                Uuid id = description(topic.getValue()).topicId();
                if (!Uuid.ZERO_UUID.equals(id)) {
                    ids.put(topic.getKey(), id.toString());
                }
            }
        }
        return ids;
    }

    private TopicDescription description(KafkaFuture<TopicDescription> description) throws IOException {
        try {
            return description.get();
        } catch (ExecutionException e) {
            throw KafkaAnswers.none(kafka, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private TopicState existence(KafkaFuture<?> description) throws IOException {
        try {
            description.get();
            return new TopicState.Present(Optional.empty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return new TopicState.Missing();
            }
            if (e.getCause() instanceof AuthorizationException) {
                return new TopicState.Hidden();
            }
            throw KafkaAnswers.none(kafka, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private Optional<Map<String, String>> settings(KafkaFuture<Config> config) throws IOException {
        try {
            return Optional.of(config.get().entries().stream()
                    .filter(entry -> entry.value() != null)
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw KafkaAnswers.none(kafka, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(
                "interrupted while Kafka at " + kafka.bootstrapServers() + " was asked for its topics");
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
