package io.millrace.common.sink.clickhouse;

import io.millrace.common.config.Secret;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.sink.batch.Batching;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the ClickHouse target is told.
 *
 * @param refused what happens to a change that cannot be written for what it is
 * @param routes which table goes where; a table has one route at most
 * @param migrated whether migrations make the tables; the target then makes none, and changes none
 */
public record ClickHouseConfig(
        Connection connection,
        Batching batching,
        Backoff backoff,
        FailurePolicy refused,
        List<ClickHouseRoute> routes,
        boolean migrated)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Each batch becomes a part, which ClickHouse merges with others: few large ones cost it the least. */
    public static final Batching DEFAULT_BATCHING = new Batching(100_000, 16L * 1024 * 1024, Duration.ofSeconds(1), 2);

    public ClickHouseConfig {
        routes = List.copyOf(routes);
    }

    /**
     * How the server is reached.
     *
     * @param url as {@code https://clickhouse:8443}
     * @param database of all tables
     * @param caCertificate file of PEM certificates to trust instead of the JVM's; null for the JVM's
     * @param requestTimeout for one request, of whatever size
     */
    public record Connection(
            String url,
            String database,
            String username,
            @Nullable Secret password,
            @Nullable String caCertificate,
            Duration requestTimeout,
            Compression compression)
            implements Serializable {

        private static final long serialVersionUID = 1L;
    }
}
