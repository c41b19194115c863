package io.millrace.cli.init;

import io.millrace.local.Addresses;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which servers the configuration names. */
final class Targets {
    /** What stands for a target that is not wanted. */
    private static final String NONE = "none";

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Kafka's bootstrap servers. Default, as for the others: those of `millrace up`.")
    private @Nullable String kafka;

    @Option(names = "--elasticsearch", paramLabel = "URL", description = "Elasticsearch; `none` leaves it out.")
    private @Nullable String elasticsearch;

    @Option(names = "--redis", paramLabel = "URI", description = "Redis; `none` leaves it out.")
    private @Nullable String redis;

    @Option(names = "--clickhouse", paramLabel = "URL", description = "ClickHouse; `none` leaves it out.")
    private @Nullable String clickhouse;

    /**
     * Where each is, as text; of one that is not wanted {@link #isWanted} is false.
     *
     * @param kafka bootstrap servers
     */
    record Chosen(String kafka, String elasticsearch, String redis, String clickhouse) {

        static boolean isWanted(String address) {
            return !address.equals(NONE);
        }
    }

    boolean isKafkaNamed() {
        return kafka != null;
    }

    /** Returns what was named, and else what stands on this machine. */
    Chosen or(Addresses local) {
        return new Chosen(
                Objects.requireNonNullElse(kafka, local.kafkaBootstrap()),
                Objects.requireNonNullElse(elasticsearch, local.elasticsearchUrl()),
                Objects.requireNonNullElse(redis, local.redisUri()),
                Objects.requireNonNullElse(clickhouse, local.clickhouseUrl()));
    }
}
