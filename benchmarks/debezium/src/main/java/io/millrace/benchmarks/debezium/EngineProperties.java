package io.millrace.benchmarks.debezium;

import java.net.URI;
import java.util.Objects;
import java.util.Properties;

/** What the engine and its producer are told: the limits that our own job has, or those that suit Debezium better. */
final class EngineProperties {

    private static final String PREFIX = "dbserver1";

    private EngineProperties() {}

    static String topic() {
        return PREFIX + ".public." + setting("table");
    }

    static Properties producer() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", setting("kafka"));
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("linger.ms", "10");
        properties.put("batch.size", Integer.toString(128 << 10));
        return properties;
    }

    static Properties engine() {
        URI database = URI.create(setting("postgres").substring("jdbc:".length()));
        Properties properties = new Properties();
        properties.put("name", "bench");
        properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.put("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        // as often as our job completes a checkpoint
        properties.put("offset.flush.interval.ms", "3000");
        properties.put("topic.prefix", PREFIX);
        properties.put("database.hostname", database.getHost());
        properties.put("database.port", Integer.toString(database.getPort()));
        properties.put("database.user", setting("user"));
        properties.put("database.password", "");
        properties.put("database.dbname", database.getPath().substring(1));
        properties.put("plugin.name", "pgoutput");
        properties.put("slot.name", setting("slot"));
        properties.put("publication.name", setting("publication"));
        properties.put("publication.autocreate.mode", "disabled");
        properties.put("table.include.list", "public." + setting("table"));
        properties.put("snapshot.mode", setting("snapshot"));
        properties.put("snapshot.fetch.size", "10000");
        properties.put("max.batch.size", "8192");
        properties.put("max.queue.size", "32768");
        properties.put("poll.interval.ms", "20");
        properties.put("key.converter.schemas.enable", "true");
        properties.put("value.converter.schemas.enable", "true");
        return properties;
    }

    private static String setting(String name) {
        return Objects.requireNonNull(System.getProperty("bench." + name), name);
    }
}
