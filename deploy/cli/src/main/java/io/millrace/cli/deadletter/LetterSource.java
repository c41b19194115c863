package io.millrace.cli.deadletter;

import io.millrace.cli.KafkaOptions;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which topic of which cluster holds the letters. */
final class LetterSource {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = "dead-letter-queue",
            description = "The topic of dead letters. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String topic;

    String topic() {
        return topic;
    }

    LetterReader open(Workspace workspace) throws IOException {
        return open(workspace, topic);
    }

    /** Opens another topic of the same cluster that holds letters. */
    LetterReader open(Workspace workspace, String other) throws IOException {
        return new LetterReader(client(workspace), other);
    }

    Properties client(Workspace workspace) throws IOException {
        return kafka.client(workspace.local());
    }
}
