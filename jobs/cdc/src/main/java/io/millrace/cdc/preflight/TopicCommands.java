package io.millrace.cdc.preflight;

/** The commands that mend a topic: the project's own for the servers of this machine, else Kafka's, for that topic alone. */
final class TopicCommands {

    /** How long a deleted row is told to readers that are away, in milliseconds: a week. */
    static final long DELETE_RETENTION = 604_800_000L;

    private static final String TABLES = "dbserver1.public.";
    private static final String DEAD_LETTERS = "dead-letter-queue";
    private static final String NOTIFICATIONS = "notifications";
    private static final String TABLE_SETTINGS =
            " --config cleanup.policy=compact --config delete.retention.ms=" + DELETE_RETENTION;

    private TopicCommands() {}

    /** Makes the topic of a table. */
    static String create(String topic, String servers) {
        return topic.startsWith(TABLES) && areHere(servers)
                ? applyFor(topic)
                : kafkaTopics(topic, servers, TABLE_SETTINGS);
    }

    /** Makes the topic of the dead letters. */
    static String createDeadLetters(String topic, String servers) {
        return topic.equals(DEAD_LETTERS) && areHere(servers)
                ? "./millrace topics apply"
                : kafkaTopics(topic, servers, " --config max.message.bytes=2097152");
    }

    /** Makes the topic of notifications. */
    static String createNotifications(String topic, String servers) {
        return topic.equals(NOTIFICATIONS) && areHere(servers)
                ? "./millrace topics apply"
                : kafkaTopics(topic, servers, "");
    }

    /** Compacts the topic of a table, and nothing else. */
    static String compact(String topic, String servers) {
        return topic.startsWith(TABLES) && areHere(servers)
                ? applyFor(topic)
                : alter(topic, servers, "cleanup.policy=compact");
    }

    /** Sets {@code name=value}. */
    static String alter(String topic, String servers, String setting) {
        return "kafka-configs.sh --bootstrap-server " + servers + " --alter --entity-type topics --entity-name " + topic
                + " --add-config " + setting;
    }

    /** The list of topics is applied as a whole: to a cluster that others share, it would do more than was asked. */
    private static boolean areHere(String servers) {
        return servers.matches("(127\\.0\\.0\\.1|localhost):\\d+");
    }

    private static String applyFor(String topic) {
        return "./millrace topics apply --for table=" + topic.substring(TABLES.length());
    }

    private static String kafkaTopics(String topic, String servers, String settings) {
        return "kafka-topics.sh --bootstrap-server " + servers + " --create --topic " + topic + " --partitions 5"
                + settings;
    }
}
