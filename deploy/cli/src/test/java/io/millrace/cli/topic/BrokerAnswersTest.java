package io.millrace.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandFailure;
import java.util.Map;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class BrokerAnswersTest {
    private static final KafkaFuture<String> THERE = KafkaFuture.completedFuture("there");

    private final BrokerAnswers answers = new BrokerAnswers("broker:9092");

    @Test
    void aTopicThatTheBrokerDoesNotKnowYetIsLeftOut() {
        KafkaFuture<String> unknown = failed(new UnknownTopicOrPartitionException("no such topic"));
        assertThat(answers.known(Map.of("old", THERE, "new", unknown))).isEqualTo(Map.of("old", "there"));
    }

    @Test
    void anyOtherErrorIsSaidInKafkasWords() {
        KafkaFuture<String> hidden = failed(new TopicAuthorizationException("not yours"));
        assertThatThrownBy(() -> answers.known(Map.of("old", THERE, "hidden", hidden)))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("Kafka at broker:9092 answered: not yours");
    }

    private static KafkaFuture<String> failed(RuntimeException error) {
        return THERE.thenApply(value -> {
            throw error;
        });
    }
}
