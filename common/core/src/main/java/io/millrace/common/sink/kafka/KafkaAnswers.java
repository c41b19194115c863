package io.millrace.common.sink.kafka;

import java.io.IOException;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** Words for a Kafka that does not answer. No property's value is in them: one may be a secret. */
public final class KafkaAnswers {

    private KafkaAnswers() {}

    /** Says that no client could be made: its own message would quote what it was given. */
    public static IOException unusable(KafkaConnection kafka, Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return new IOException("no client for Kafka at " + kafka.bootstrapServers() + " can be made ("
                + cause.getClass().getSimpleName() + "); correct the address, or the values of its properties "
                + kafka.properties());
    }

    /** Says that a client got no answer, or was refused. */
    public static IOException none(KafkaConnection kafka, @Nullable Throwable error) {
        String why = error == null ? "no reason" : error.getClass().getSimpleName();
        String said = error instanceof ApiException && error.getMessage() != null ? ": " + error.getMessage() : "";
        return new IOException(
                "Kafka at " + kafka.bootstrapServers() + " does not answer (" + why + said
                        + "); start it, or correct the address, the properties or this client's rights",
                error);
    }
}
