package io.millrace.benchmarks.cdc;

import io.millrace.local.Addresses;
import io.millrace.local.Server;
import java.util.Locale;

/** What a sync can write to, with its part of the job's configuration. */
enum SyncTarget {
    ELASTICSEARCH(Server.ELASTICSEARCH) {
        @Override
        String connection(Addresses at) {
            return "  elasticsearch: {hosts: [\"" + at.elasticsearchUrl() + "\"], indices: {replicas: 0}}\n";
        }

        @Override
        String route() {
            return "    elasticsearch: {index: " + Arena.TABLE + ", mapping: " + ElasticsearchTarget.MAPPING + "}\n";
        }

        @Override
        Target target(Addresses at, boolean ours) {
            return new ElasticsearchTarget(at.elasticsearchUrl(), ours);
        }
    },
    REDIS(Server.REDIS) {
        @Override
        String connection(Addresses at) {
            return "  redis: {uri: \"" + at.redisUri() + "\"}\n";
        }

        @Override
        String route() {
            return "    redis: {mode: write, key: \"" + Arena.TABLE + ":{id}\"}\n";
        }

        @Override
        Target target(Addresses at, boolean ours) {
            return new RedisTarget(at.redisPort(), ours ? 2 : 1);
        }
    },
    CLICKHOUSE(Server.CLICKHOUSE) {
        @Override
        String connection(Addresses at) {
            return "  clickhouse: {url: \"" + at.clickhouseUrl() + "\", database: " + ClickHouseTarget.DATABASE + "}\n";
        }

        @Override
        String route() {
            return "    clickhouse: {}\n";
        }

        @Override
        Target target(Addresses at, boolean ours) {
            return new ClickHouseTarget(at.clickhouseUrl(), ours);
        }
    };

    private final Server server;

    SyncTarget(Server server) {
        this.server = server;
    }

    Server server() {
        return server;
    }

    /** Returns the target's name. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what stands below {@code targets}. */
    abstract String connection(Addresses at);

    /** Returns what stands in the table's route. */
    abstract String route();

    /** Returns the target itself, for a run of ours or of somebody else. */
    abstract Target target(Addresses at, boolean ours);
}
