package io.millrace.cli.topic;

import io.millrace.cli.CommandFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What the brokers of a cluster answer.
 *
 * @param cluster their addresses
 */
record BrokerAnswers(String cluster) {

    /** Waits for one; an error of Kafka's ends the command in Kafka's words. */
    <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CommandFailure("Kafka at " + cluster + " answered: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for Kafka at " + cluster, e);
        }
    }

    /**
     * Waits for those about topics, and leaves out topics that the broker does not know that was asked: it may learn
     * of a new one later than the broker that has listed it.
     */
    <K, V> Map<K, V> known(Map<K, KafkaFuture<V>> answers) {
        Map<K, V> known = new HashMap<>();
        answers.forEach((topic, answer) -> {
            try {
                known.put(topic, await(answer));
            } catch (CommandFailure e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        });
        return known;
    }
}
