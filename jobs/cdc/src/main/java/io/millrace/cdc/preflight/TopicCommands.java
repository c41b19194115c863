package io.millrace.cdc.preflight;

/** The commands that mend a topic: the project's own where its list has such topics, else Kafka's. */
final class TopicCommands {

    private static final String TABLES = "dbserver1.public.";
    private static final String DEAD_LETTERS = "dead-letter-queue";

    private TopicCommands() {}

    /** Makes the topic of a table. */
    static String create(String topic, String servers) {
        return topic.startsWith(TABLES)
                ? applyFor(topic, servers)
                : kafkaTopics(topic, servers, "cleanup.policy=compact");
    }

    /** Makes the topic of the dead letters. */
    static String createDeadLetters(String topic, String servers) {
        return topic.equals(DEAD_LETTERS)
                ? "./millrace topics apply --bootstrap-servers " + servers
                : kafkaTopics(topic, servers, "max.message.bytes=2097152");
    }

    /** Compacts the topic of a table, and nothing else. */
    static String compact(String topic, String servers) {
        return topic.startsWith(TABLES) ? applyFor(topic, servers) : alter(topic, servers, "cleanup.policy=compact");
    }

    /** Sets {@code name=value}. */
    static String alter(String topic, String servers, String setting) {
        return "kafka-configs.sh --bootstrap-server " + servers + " --alter --entity-type topics --entity-name " + topic
                + " --add-config " + setting;
    }

    private static String applyFor(String topic, String servers) {
        return "./millrace topics apply --for table=" + topic.substring(TABLES.length()) + " --bootstrap-servers "
                + servers;
    }

    private static String kafkaTopics(String topic, String servers, String setting) {
        return "kafka-topics.sh --bootstrap-server " + servers + " --create --topic " + topic
                + " --partitions 5 --config " + setting;
    }
}
