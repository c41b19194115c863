package io.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka a command talks to. */
public final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Kafka's brokers. Default: those of the running local servers.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "A properties file for Kafka's client, such as its TLS and SASL settings.")
    private @Nullable Path commandConfig;

    /** The properties of a client of the chosen cluster. */
    public Properties client(LocalAddresses local) throws IOException {
        Properties properties = new Properties();
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "15000");
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");
        if (commandConfig != null) {
            if (!Files.isRegularFile(commandConfig)) {
                throw new CommandFailure("--command-config " + commandConfig + " does not exist or is not a file");
            }
            try (var reader = Files.newBufferedReader(commandConfig)) {
                properties.load(reader);
            }
        }
        if (bootstrapServers != null) {
            properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        } else if (!properties.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, local.kafkaBootstrap());
        }
        return properties;
    }

    /** Whether the cluster was named, on the command line or in the properties, rather than found running here. */
    public boolean named() {
        return bootstrapServers != null || commandConfig != null;
    }
}
