package io.millrace.common.preflight;

import io.millrace.common.config.Problems;
import io.millrace.common.sink.kafka.BrokerLimits;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.TopicInventory;
import io.millrace.common.sink.kafka.TopicState;
import io.millrace.common.source.kafka.TopicTail;
import io.millrace.common.source.kafka.TopicTail.Look;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/** What the Kafkas of a configuration answer. One that does not is one problem, and is not asked again. */
public final class Brokers {

    private final Duration patience;
    private final Problems problems;
    private final Set<KafkaConnection> silent = new HashSet<>();

    private interface Question<T> {
        T ask() throws IOException;
    }

    /**
     * Asks nobody yet.
     *
     * @param patience how long to wait for each answer, and for the ends of topics
     */
    public Brokers(Duration patience, Problems problems) {
        this.patience = patience;
        this.problems = problems;
    }

    /**
     * Returns the topics that may be seen; empty if Kafka does not answer.
     *
     * @param path in the configuration, of the connection
     */
    public Optional<Set<String>> names(String path, KafkaConnection kafka) {
        return ask(path, kafka, () -> {
            try (TopicInventory inventory = TopicInventory.open(kafka, patience)) {
                return inventory.names();
            }
        });
    }

    /** Returns what is known of topics; of none if Kafka does not answer. */
    public Map<String, TopicState> states(String path, KafkaConnection kafka, Collection<String> topics) {
        return ask(path, kafka, () -> {
                    try (TopicInventory inventory = TopicInventory.open(kafka, patience)) {
                        return inventory.states(topics);
                    }
                })
                .orElse(Map.of());
    }

    /** Looks at the ends of topics that exist; tells whether it came to an end. */
    public boolean look(
            String path,
            KafkaConnection kafka,
            Collection<String> topics,
            int window,
            Function<TopicPartition, Look> looks) {
        return ask(path, kafka, () -> {
                    try (TopicTail tail = TopicTail.open(kafka, patience)) {
                        tail.read(topics, window, looks);
                        return true;
                    }
                })
                .orElse(false);
    }

    /** Returns the offset behind the last record of each partition that is committed; of none if Kafka does not answer. */
    public Map<TopicPartition, Long> ends(String path, KafkaConnection kafka, Collection<String> topics) {
        return ask(path, kafka, () -> {
                    try (TopicTail tail = TopicTail.open(kafka, patience)) {
                        return tail.ends(topics);
                    }
                })
                .orElse(Map.of());
    }

    /** Returns the first offset that each partition of a topic still has; of none if Kafka does not answer. */
    public Map<Integer, Long> firstOffsets(String path, KafkaConnection kafka, String topic) {
        return ask(path, kafka, () -> {
                    try (TopicInventory inventory = TopicInventory.open(kafka, patience)) {
                        return inventory.firstOffsets(topic);
                    }
                })
                .orElse(Map.of());
    }

    /** Returns the longest transaction time-out; empty if it is not known, which is noted. */
    public Optional<Duration> transactionTimeout(String path, KafkaConnection kafka) {
        return ask(path, kafka, () -> {
                    try {
                        return Optional.of(BrokerLimits.transactionTimeout(kafka, patience));
                    } catch (IOException e) {
                        if (e.getCause() instanceof AuthorizationException) {
                            problems.note(path, "could not be compared with the brokers' limit: " + e.getMessage());
                            return Optional.<Duration>empty();
                        }
                        throw e;
                    }
                })
                .flatMap(limit -> limit);
    }

    private <T> Optional<T> ask(String path, KafkaConnection kafka, Question<T> question) {
        if (silent.contains(kafka)) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.ask());
        } catch (IOException e) {
            silent.add(kafka);
            problems.add(path, "cannot be used: " + e.getMessage());
            return Optional.empty();
        }
    }
}
