package io.millrace.cdc.model;

import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.source.kafka.TopicOptions;
import io.millrace.common.source.postgres.PostgresChangesConfig;

/** Where row changes come from. */
public sealed interface SourceOptions {

    /**
     * Debezium topics in Kafka, whoever wrote them.
     *
     * @param generations of records that carry no version
     * @param types of rows that carry no schema
     */
    record Topics(TopicOptions topics, JsonLimits limits, Generations generations, TypeOptions types)
            implements SourceOptions {}

    /** The database itself. */
    record Postgres(PostgresChangesConfig config) implements SourceOptions {}
}
