package io.millrace.common.sink.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/** What the brokers allow, asked before a job starts. */
public final class BrokerLimits {

    private static final String TRANSACTION_MAX_TIMEOUT = "transaction.max.timeout.ms";

    private BrokerLimits() {}

    /**
     * Returns the longest transaction time-out that a broker grants.
     *
     * @param patience how long to wait for an answer
     * @throws IOException if Kafka does not answer, or does not let this client read a broker's configuration
     */
    public static Duration transactionTimeout(KafkaConnection kafka, Duration patience) throws IOException {
        try (Admin admin = Admin.create(properties(kafka, patience))) {
            Node node = admin.describeCluster().nodes().get().iterator().next();
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
            Config config = admin.describeConfigs(List.of(broker)).all().get().get(broker);
            ConfigEntry limit = config == null ? null : config.get(TRANSACTION_MAX_TIMEOUT);
            return limit == null ? Transactions.DEFAULT_TIMEOUT : Duration.ofMillis(Long.parseLong(limit.value()));
        } catch (ExecutionException e) {
            throw new IOException(
                    "Kafka at " + kafka.bootstrapServers() + " does not tell its " + TRANSACTION_MAX_TIMEOUT
                            + "; start it, or allow this client DescribeConfigs on the cluster",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while Kafka was asked for " + TRANSACTION_MAX_TIMEOUT);
        }
    }

    /** Returns what an administrating client is opened with, secrets included. */
    static Properties properties(KafkaConnection kafka, Duration patience) {
        Properties properties = kafka.reveal();
        String millis = Long.toString(patience.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        return properties;
    }
}
