package io.millrace.common.sink.jdbc;

import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.sink.batch.Batching;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Everything the Postgres target is told.
 *
 * @param schema of all tables
 * @param requestTimeout for the answer to one batch; in whole seconds, at least one
 * @param refused what happens to a change that cannot be written for what it is
 * @param routes which table goes where; a table has one route at most
 */
public record PostgresTargetConfig(
        PostgresAddress address,
        String schema,
        Duration requestTimeout,
        Batching batching,
        Backoff backoff,
        FailurePolicy refused,
        List<PostgresRoute> routes)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Each batch is a transaction. A subtask writes one after the other on its only connection: two at a time could
     * wait for each other's rows.
     */
    public static final Batching DEFAULT_BATCHING = new Batching(5_000, 8L * 1024 * 1024, Duration.ofMillis(100), 1);

    public PostgresTargetConfig {
        routes = List.copyOf(routes);
    }
}
