package io.millrace.common.sink.elasticsearch;

import io.millrace.common.config.Secret;
import io.millrace.common.failure.Backoff;
import io.millrace.common.serde.DecimalForm;
import io.millrace.common.serde.DocumentWriter;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the Elasticsearch target is told. Each part checks itself when it is made.
 *
 * @param routes which table goes where; a table has one route at most, and so has an index
 */
public record ElasticsearchConfig(
        Connection connection,
        Batching batching,
        Backoff backoff,
        Documents documents,
        IndexSettings indices,
        List<IndexRoute> routes)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public ElasticsearchConfig {
        routes = List.copyOf(routes);
        require(!routes.isEmpty(), "there is no route; name at least one table and its index");
        long tables = routes.stream().map(IndexRoute::table).distinct().count();
        require(tables == routes.size(), "a table has two routes; give it one");
        long aliases = routes.stream().map(IndexRoute::index).distinct().count();
        require(aliases == routes.size(), "two tables share an index, where their ids would meet; give each its own");
    }

    /** A configuration with every default. */
    public static ElasticsearchConfig of(List<String> hosts, List<IndexRoute> routes) {
        return new ElasticsearchConfig(
                Connection.to(hosts),
                Batching.defaults(),
                Backoff.defaults(),
                Documents.defaults(),
                IndexSettings.defaults(),
                routes);
    }

    /**
     * How the cluster is reached.
     *
     * @param hosts base addresses such as {@code https://search-1:9200}
     * @param caCertificate file of PEM certificates to trust instead of the JVM's; null for the JVM's
     * @param requestTimeout for one request, of whatever size
     */
    public record Connection(
            List<String> hosts,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable String caCertificate,
            Duration connectTimeout,
            Duration requestTimeout)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        public Connection {
            hosts = List.copyOf(hosts);
            require(!hosts.isEmpty(), "there is no host; name at least one, such as http://localhost:9200");
            require((username == null) == (password == null), "a user needs a password, and a password a user");
        }

        public static Connection to(List<String> hosts) {
            return new Connection(hosts, null, null, null, Duration.ofSeconds(5), Duration.ofSeconds(60));
        }
    }

    /**
     * When a batch goes out: at whichever comes first, and at every checkpoint.
     *
     * @param maxBytes of documents; a single larger one goes alone
     */
    public record Batching(int maxActions, long maxBytes, Duration interval) implements Serializable {

        private static final long serialVersionUID = 1L;

        public Batching {
            require(maxActions > 0, "max-actions is " + maxActions + "; it must be at least 1");
            require(maxBytes > 0, "max-bytes is " + maxBytes + "; it must be at least 1");
            require(interval.toMillis() > 0, "the flush interval is " + interval + "; it must be at least 1 ms");
        }

        public static Batching defaults() {
            return new Batching(1000, 5L * 1024 * 1024, Duration.ofMillis(200));
        }
    }

    /** What a document looks like, and how large it may be. */
    public record Documents(DecimalForm decimals, int maxBytes) implements Serializable {

        private static final long serialVersionUID = 1L;

        public static Documents defaults() {
            return new Documents(DecimalForm.NUMBER, DocumentWriter.MOST_BYTES);
        }
    }

    /**
     * Settings of the indices. Shards count when an index is made; the others are set again at every start.
     *
     * @param gcDeletes how long the version of a deleted document is remembered: longer than a retry or a replay of
     *     recent data can come late
     * @param totalFieldsLimit the most fields an index may have
     */
    public record IndexSettings(
            int shards, int replicas, Duration refreshInterval, Duration gcDeletes, int totalFieldsLimit)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        public IndexSettings {
            require(shards > 0, "shards is " + shards + "; it must be at least 1");
            require(replicas >= 0, "replicas is " + replicas + "; it must be at least 0");
            require(totalFieldsLimit > 0, "total-fields-limit is " + totalFieldsLimit + "; it must be at least 1");
        }

        public static IndexSettings defaults() {
            return new IndexSettings(1, 1, Duration.ofSeconds(1), Duration.ofHours(24), 1000);
        }
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
