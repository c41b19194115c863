package io.millrace.common.sink.deadletter;

import io.millrace.common.failure.DeadLetterQueue;
import io.millrace.common.failure.DeadLetterWriter;
import java.io.IOException;

/** The dead-letter topic in Kafka, for sinks whose target refuses single elements. */
public record KafkaDeadLetterQueue(DeadLetterConfig config) implements DeadLetterQueue {

    @Override
    public DeadLetterWriter open() throws IOException {
        return KafkaDeadLetterWriter.open(config);
    }
}
