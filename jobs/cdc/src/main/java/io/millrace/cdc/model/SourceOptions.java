package io.millrace.cdc.model;

import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.source.kafka.TopicOptions;
import io.millrace.common.source.postgres.PostgresChangesConfig;

/** Where row changes come from. */
public sealed interface SourceOptions {

    /** Debezium topics in Kafka, whoever wrote them. */
    record Topics(TopicOptions topics, JsonLimits limits) implements SourceOptions {}

    /** The database itself. */
    record Postgres(PostgresChangesConfig config) implements SourceOptions {}
}
