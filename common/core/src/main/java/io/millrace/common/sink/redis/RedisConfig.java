package io.millrace.common.sink.redis;

import io.lettuce.core.RedisURI;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.serde.DocumentWriter;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the Redis target is told.
 *
 * @param versionRetention how long the version of a deleted key, or of an expired value, is remembered: longer than a
 *     retry or a restart can bring an older change
 * @param maxValueBytes the largest JSON value that is written
 * @param refused what happens to a change that cannot be written for what it is
 * @param routes one for each table
 */
public record RedisConfig(
        Connection connection,
        Batching batching,
        Backoff backoff,
        Duration versionRetention,
        int maxValueBytes,
        FailurePolicy refused,
        List<RedisRoute> routes)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final Duration DEFAULT_VERSION_RETENTION = Duration.ofHours(24);

    public RedisConfig {
        routes = List.copyOf(routes);
        Problems problems = new Problems();
        connection.check("connection", problems);
        batching.check("batching", problems);
        backoff.check("backoff", problems);
        if (versionRetention.toMillis() < 1) {
            problems.add("version-retention", "is " + versionRetention + "; it must be at least 1 ms");
        }
        if (maxValueBytes < 1) {
            problems.add("max-value-bytes", "is " + maxValueBytes + "; it must be at least 1");
        }
        RedisRoutes.check("routes", routes, problems);
        problems.throwIfAny();
    }

    /** A configuration with every default. */
    public static RedisConfig of(String uri, List<RedisRoute> routes) {
        return new RedisConfig(
                Connection.to(uri),
                Batching.defaults(),
                Backoff.defaults(),
                DEFAULT_VERSION_RETENTION,
                DocumentWriter.MOST_BYTES,
                FailurePolicy.DEAD_LETTER,
                routes);
    }

    /** Later than every answer, time-outs included: the base class' own deadline is a last resort. */
    Duration answerDeadline() {
        return connection
                .requestTimeout()
                .multipliedBy(3)
                .plus(backoff.longest())
                .plusMinutes(5);
    }

    /**
     * How Redis is reached.
     *
     * @param uri {@code redis://host:port/database}, or {@code rediss://…} for TLS; without user and password
     * @param username null for Redis' default user
     * @param caCertificate file of PEM certificates to trust instead of the JVM's; null for the JVM's
     * @param requestTimeout how long one write waits for its answer, and a connection for its being made
     * @param cluster whether the address is that of any node of a Redis Cluster
     */
    public record Connection(
            String uri,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable String caCertificate,
            Duration requestTimeout,
            boolean cluster)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        /** Does not repeat it: what follows no rules can hide a password anywhere. */
        private static final String NO_ADDRESS =
                "is not an address of Redis; it must be redis://host:port, or rediss://host:port for TLS";

        public static Connection to(String uri) {
            return new Connection(uri, null, null, null, Duration.ofSeconds(10), false);
        }

        /** Returns the number of the database. */
        public int database() {
            return RedisURI.create(uri).getDatabase();
        }

        /** Notes everything that is wrong. */
        public void check(String path, Problems problems) {
            checkUri(path + ".uri", problems);
            if (username != null && password == null) {
                problems.add(path + ".username", "is given without a password; Redis needs both");
            }
            if (requestTimeout.toMillis() < 1) {
                problems.add(path + ".request-timeout", "is " + requestTimeout + "; it must be at least 1 ms");
            }
        }

        private void checkUri(String path, Problems problems) {
            try {
                URI parsed = new URI(uri);
                if (parsed.getUserInfo() != null) {
                    problems.add(
                            path,
                            "holds a user or password; give them as username and password, so that they"
                                    + " are never printed");
                } else if (!List.of("redis", "rediss").contains(String.valueOf(parsed.getScheme()))
                        || parsed.getHost() == null) {
                    problems.add(path, NO_ADDRESS);
                } else if (cluster && !parsed.getPath().matches("/?0?")) {
                    problems.add(
                            path, "names the database " + parsed.getPath().substring(1) + "; a cluster has 0 only");
                }
            } catch (URISyntaxException e) {
                problems.add(path, NO_ADDRESS);
            }
        }
    }

    /**
     * When a batch goes out: at whichever comes first, and at every checkpoint.
     *
     * @param maxEntries writes in a batch
     * @param maxBytes of a batch; a single larger write goes alone
     * @param maxInFlight batches that Redis has not answered yet
     * @param maxBuffered writes that wait for their batch; more hold the source back
     * @param linger how long a write waits for others
     */
    public record Batching(int maxEntries, long maxBytes, int maxInFlight, int maxBuffered, Duration linger)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        public static Batching defaults() {
            return new Batching(500, 4L * 1024 * 1024, 4, 2_000, Duration.ofMillis(20));
        }

        /** Notes everything that is wrong. */
        public void check(String path, Problems problems) {
            if (maxEntries < 1) {
                problems.add(path + ".max-entries", "is " + maxEntries + "; it must be at least 1");
            }
            if (maxBytes < 1) {
                problems.add(path + ".max-bytes", "is " + maxBytes + "; it must be at least 1");
            }
            if (maxInFlight < 1) {
                problems.add(
                        path + ".max-in-flight",
                        "is " + maxInFlight + "; it must be at least 1, because each batch holds one slot until Redis"
                                + " answers");
            }
            if (maxBuffered <= maxEntries) {
                problems.add(
                        path + ".max-buffered",
                        "is " + maxBuffered + "; it must be more than max-entries (" + maxEntries
                                + "), or no batch would ever be full");
            }
            if (linger.toMillis() < 1) {
                problems.add(path + ".linger", "is " + linger + "; it must be at least 1 ms");
            }
        }
    }

    /**
     * How long an outage is borne before the job fails and restarts from its last checkpoint.
     *
     * @param first the first pause; each is twice the one before
     * @param longest the longest pause
     * @param giveUpAfter how long one write is tried; below the time a checkpoint may take, which waits for it
     */
    public record Backoff(Duration first, Duration longest, Duration giveUpAfter) implements Serializable {

        private static final long serialVersionUID = 1L;

        public static Backoff defaults() {
            return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(2));
        }

        /** Notes everything that is wrong. */
        public void check(String path, Problems problems) {
            if (first.toMillis() < 1) {
                problems.add(path + ".first", "is " + first + "; it must be at least 1 ms");
            }
            if (longest.compareTo(first) < 0) {
                problems.add(path + ".longest", "is " + longest + ", which is below the first pause, " + first);
            }
        }

        /** Returns the pause before the attempt after this many failed ones. */
        public long pauseMillis(int failed) {
            long doubled = first.toMillis() << Math.min(failed - 1, 30);
            return doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        }
    }
}
