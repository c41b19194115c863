package io.millrace.cli.pipeline;

import io.millrace.cli.audit.LocalArchive;
import io.millrace.local.Addresses;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** What the configurations in {@code deploy/demo} cannot know: where the servers of this run are. */
public record PipelineSettings(Addresses addresses, URI overflow) {

    /** Returns those of a run that keeps all it has in its own data folder. */
    public static PipelineSettings of(PipelineServers servers) {
        return new PipelineSettings(
                servers.addresses(),
                servers.data().root().resolve("dead-letters").toUri());
    }

    public Map<String, String> capture() {
        return Map.of(
                "source.postgres.host", addresses.postgresHost(),
                "source.postgres.port", Integer.toString(addresses.postgresPort()),
                "source.postgres.database", addresses.postgresDatabase(),
                "source.postgres.user", addresses.postgresUser(),
                "targets.kafka.bootstrap-servers", addresses.kafkaBootstrap(),
                "dead-letters.overflow-folder", overflow.toString());
    }

    public Map<String, String> analytics() {
        return Map.of(
                "source.kafka.bootstrap-servers", addresses.kafkaBootstrap(),
                "targets.redis.uri", addresses.redisUri(),
                "targets.clickhouse.url", addresses.clickhouseUrl(),
                "dead-letters.overflow-folder", overflow.toString());
    }

    public Map<String, String> sync() {
        return Map.of(
                "source.kafka.bootstrap-servers", addresses.kafkaBootstrap(),
                "targets.elasticsearch.hosts", addresses.elasticsearchUrl(),
                "targets.redis.uri", addresses.redisUri(),
                "targets.clickhouse.url", addresses.clickhouseUrl(),
                "dead-letters.overflow-folder", overflow.toString());
    }

    /** Returns those of the audit job, whose keys are resolved where it is submitted. */
    public Map<String, String> audit(LocalArchive archive) {
        Map<String, String> settings = new TreeMap<>(archive.settings());
        settings.put("source.kafka.bootstrap-servers", addresses.kafkaBootstrap());
        settings.put("key-store.host", addresses.postgresHost());
        settings.put("key-store.port", Integer.toString(addresses.postgresPort()));
        settings.put("key-store.database", addresses.postgresDatabase());
        settings.put("key-store.user", addresses.postgresUser());
        settings.put("targets.clickhouse.url", addresses.clickhouseUrl());
        settings.put("dead-letters.overflow-folder", overflow.toString());
        return settings;
    }
}
