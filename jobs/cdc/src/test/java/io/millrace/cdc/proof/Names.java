package io.millrace.cdc.proof;

import io.millrace.shop.ShopSchema;
import java.util.List;

/**
 * What one proof calls its own in servers that it shares with others.
 *
 * @param name lower-case letters and digits
 */
record Names(String name) {

    String database() {
        return "proof_" + name;
    }

    String slot() {
        return "proof_" + name;
    }

    String topicPrefix() {
        return "proof-" + name;
    }

    String topic(String table) {
        return topicPrefix() + ".public." + table;
    }

    List<String> topics() {
        return ShopSchema.TABLES.stream().map(this::topic).toList();
    }

    String deadLetters() {
        return topicPrefix() + "-dead-letters";
    }

    String group() {
        return topicPrefix() + "-sync";
    }

    String index(String table) {
        return topicPrefix() + "-" + table;
    }

    /** The database in ClickHouse. */
    String warehouse() {
        return "proof_" + name;
    }

    /** The schema in Postgres, in the database that every server has: no other one's backup meets its connections. */
    String readModel() {
        return "proof_" + name;
    }

    String keys(String table) {
        return topicPrefix() + ":" + table + ":";
    }
}
