package io.millrace.recordings.engine;

import java.util.Properties;

/** What an engine is told: a publication of the tables that the workload makes, and everything that can be sent. */
final class EngineProperties {

    static final String PREFIX = "dbserver1";

    private EngineProperties() {}

    static Properties of(Database database, int major, Variant variant) {
        Properties properties = new Properties();
        properties.putAll(database.connection());
        properties.put("name", "recording");
        properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.put("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        properties.put("offset.flush.interval.ms", "1000");
        properties.put("plugin.name", "pgoutput");
        properties.put("slot.name", database.name());
        properties.put("slot.drop.on.stop", "true");
        properties.put("publication.name", database.name());
        properties.put("publication.autocreate.mode", "filtered");
        properties.put("table.include.list", "public.kinds,public.notes,public.bookings,public.whole,public.emptied");
        properties.put("decimal.handling.mode", variant.decimals());
        properties.put("time.precision.mode", variant.times());
        properties.put("provide.transaction.metadata", "true");
        properties.put("heartbeat.interval.ms", "100");
        properties.put("poll.interval.ms", "20");
        if (major == 1) {
            properties.put("database.server.name", PREFIX);
            properties.put("truncate.handling.mode", "include");
        } else {
            properties.put("topic.prefix", PREFIX);
            properties.put("skipped.operations", "none");
        }
        return properties;
    }
}
