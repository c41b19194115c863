package io.millrace.common.sink.kafka;

import io.millrace.common.config.ClientProperties;
import java.io.Serializable;
import java.util.Properties;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers host:port, separated by commas
 * @param properties further client properties, such as those of TLS and SASL; only their names print
 */
public record KafkaConnection(String bootstrapServers, ClientProperties properties) implements Serializable {

    public KafkaConnection(String bootstrapServers) {
        this(bootstrapServers, ClientProperties.none());
    }

    /** Returns what a client is opened with, secrets included. */
    public Properties reveal() {
        Properties client = properties.revealAsProperties();
        client.setProperty("bootstrap.servers", bootstrapServers);
        return client;
    }
}
