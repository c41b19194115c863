package io.millrace.common.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.KAFKA)
class BrokerLimitsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private String bootstrap;
    private Duration limit;

    @BeforeEach
    void ask(Addresses addresses) throws Exception {
        bootstrap = addresses.kafkaBootstrap();
        limit = BrokerLimits.transactionTimeout(new KafkaConnection(bootstrap), PATIENCE);
    }

    @Test
    void reportsATransactionThatIsLongerThanTheBrokerGrants() {
        assertThat(limit).isEqualTo(Transactions.DEFAULT_TIMEOUT);
        assertThat(problems(limit)).isEmpty();
        assertThat(problems(limit.plusSeconds(1)))
                .containsExactly(new Problem(
                        "transactions.timeout",
                        "is 901 s, but the broker grants at most 900 s (transaction.max.timeout.ms); lower it, or"
                                + " raise the broker's limit"));
    }

    @Test
    void knowsWhatTheBrokerReallyRefuses() {
        assertThatCode(() -> beginTransactionOf(limit)).doesNotThrowAnyException();
        assertThatThrownBy(() -> beginTransactionOf(limit.plusMillis(1)))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("larger than the maximum value allowed by the broker");
    }

    @Test
    void saysThatKafkaDoesNotAnswer() {
        KafkaConnection nobody = new KafkaConnection("127.0.0.1:1");

        assertThatThrownBy(() -> BrokerLimits.transactionTimeout(nobody, Duration.ofMillis(300)))
                .isInstanceOf(IOException.class)
                .hasMessage("Kafka at 127.0.0.1:1 does not tell its transaction.max.timeout.ms; start it, or allow"
                        + " this client DescribeConfigs on the cluster");
    }

    private List<Problem> problems(Duration timeout) {
        Problems problems = new Problems();
        new Transactions("limits", timeout)
                .check(
                        "transactions",
                        limit,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(2),
                        problems);
        return problems.found();
    }

    private void beginTransactionOf(Duration timeout) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "limits-" + UUID.randomUUID(),
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(timeout.toMillis()));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
        }
    }
}
