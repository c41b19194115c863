package io.millrace.benchmarks.audit;

import java.util.Locale;

/**
 * A topic full of events, the keys of their persons, and what an archive of it must be.
 *
 * @param sha256 the beginning of that of all keys and values
 */
record AuditLoad(
        String topic, long events, String sha256, KeyDatabase keys, SigningFiles signing, References.Both expected) {

    /** Fills a topic, reads it, and makes every key. */
    static AuditLoad prepare(Depot depot, String name) throws Exception {
        String topicName = "audit-" + name;
        String bootstrapServers = depot.addresses().kafkaBootstrap();
        AuditTopic topic = new AuditTopic(bootstrapServers, topicName);
        topic.create();
        long events = depot.plan().rows();
        String sha256 = topic.fill(new AuditEvents(depot.plan().seed()), events);
        KeyDatabase keys = KeyDatabase.make(depot.addresses(), "keys_of_" + name);
        References.Both expected = References.of(bootstrapServers, topicName, keys);
        return new AuditLoad(topicName, events, sha256, keys, SigningFiles.make(depot.folder()), expected);
    }

    /** Returns an archive for one contender at a time. */
    Archive archive(Depot depot) {
        return new Archive(depot.folder().resolve("archive-" + topic));
    }

    AuditConfig config(Depot depot) {
        return new AuditConfig(topic, keys, signing, archive(depot).root());
    }

    /** Returns what it is, in one line. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "%d events of %d persons in %d partitions, SHA-256 %s…",
                events,
                AuditEvents.PERSONS,
                AuditTopic.PARTITIONS,
                sha256);
    }
}
