package io.millrace.cdc.preflight;

import io.millrace.common.config.Problems;
import io.millrace.common.preflight.Brokers;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.TopicState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the topics that a job writes to must be. */
public final class WrittenTopics {

    private static final String POLICY = "cleanup.policy";
    private static final String LARGEST = "max.message.bytes";
    private static final String DELETE_RETENTION = "delete.retention.ms";

    private final Problems problems;

    public WrittenTopics(Problems problems) {
        this.problems = problems;
    }

    /**
     * Checks the topics of tables: each must keep the last record of every row for ever.
     *
     * @param topics {@code <prefix>.<schema>.<table>}
     * @param largestRecord bytes, as {@code targets.kafka.largest-record} says
     */
    public void checkTables(Brokers brokers, KafkaConnection kafka, List<String> topics, int largestRecord) {
        brokers.states("targets.kafka", kafka, topics)
                .forEach((topic, state) -> checkTable(topic, state, largestRecord, kafka.bootstrapServers()));
    }

    void checkTable(String topic, TopicState state, int largestRecord, String servers) {
        if (state instanceof TopicState.Missing) {
            problems.add(
                    path(topic),
                    "does not exist at " + servers + ". Where Kafka makes topics by itself, it would get " + POLICY
                            + " = delete, and rows that do not change for the retention would vanish from every replay."
                            + " Run " + TopicCommands.create(topic, servers));
        }
        settings(topic, state).ifPresent(settings -> {
            String policy = settings.getOrDefault(POLICY, "compact");
            if (!policy.equals("compact")) {
                problems.add(
                        path(topic),
                        "has " + POLICY + " = " + policy + "; it must be compact and nothing else, because rows that do"
                                + " not change for the retention would vanish from every replay. Run "
                                + TopicCommands.compact(topic, servers));
            }
            checkLargest(topic, settings, "`targets.kafka.largest-record`", largestRecord, servers);
            noteDeleteRetention(topic, settings, servers);
        });
    }

    private void noteDeleteRetention(String topic, Map<String, String> settings, String servers) {
        long retention = Long.parseLong(settings.getOrDefault(DELETE_RETENTION, Long.toString(Long.MAX_VALUE)));
        if (retention < TopicCommands.DELETE_RETENTION) {
            problems.note(
                    path(topic),
                    "has " + DELETE_RETENTION + " = " + retention
                            + ": a reader that is away for longer is never told of"
                            + " the rows that were deleted meanwhile. For a week, run "
                            + TopicCommands.alter(
                                    topic, servers, DELETE_RETENTION + "=" + TopicCommands.DELETE_RETENTION));
        }
    }

    /** Checks the topic of the dead letters. */
    public void checkDeadLetters(Brokers brokers, KafkaConnection kafka, String topic, int largestRecord) {
        brokers.states("dead-letters", kafka, List.of(topic))
                .forEach((name, state) -> checkDeadLetters(name, state, largestRecord, kafka.bootstrapServers()));
    }

    void checkDeadLetters(String topic, TopicState state, int largestRecord, String servers) {
        if (state instanceof TopicState.Missing) {
            problems.add(
                    path(topic),
                    "does not exist at " + servers + ", and dead letters would have nowhere to go. Run "
                            + TopicCommands.createDeadLetters(topic, servers));
        }
        settings(topic, state)
                .ifPresent(settings ->
                        checkLargest(topic, settings, "`dead-letters.largest-record`", largestRecord, servers));
    }

    /**
     * Checks the topic of notifications.
     *
     * @param largestRecord bytes, {@code targets.notifications.largest} and what surrounds it
     */
    public void checkNotifications(Brokers brokers, KafkaConnection kafka, String topic, int largestRecord) {
        brokers.states("targets.notifications.kafka", kafka, List.of(topic))
                .forEach((name, state) -> checkNotifications(name, state, largestRecord, kafka.bootstrapServers()));
    }

    void checkNotifications(String topic, TopicState state, int largestRecord, String servers) {
        if (state instanceof TopicState.Missing) {
            problems.add(
                    path(topic),
                    "does not exist at " + servers + ", and notifications would have nowhere to go. Run "
                            + TopicCommands.createNotifications(topic, servers));
        }
        settings(topic, state)
                .ifPresent(settings -> checkLargest(
                        topic,
                        settings,
                        "`targets.notifications.largest` with 64 kB for what surrounds it",
                        largestRecord,
                        servers));
    }

    private void checkLargest(
            String topic, Map<String, String> settings, String option, int largestRecord, String servers) {
        long most = Long.parseLong(settings.getOrDefault(LARGEST, Long.toString(Long.MAX_VALUE)));
        if (most < largestRecord) {
            problems.add(
                    path(topic),
                    "has " + LARGEST + " = " + most + ", below " + option + ", which is " + largestRecord
                            + " bytes: a record between both would fail the job again and again. Run "
                            + TopicCommands.alter(topic, servers, LARGEST + "=" + largestRecord)
                            + ", or lower the option");
        }
    }

    private Optional<Map<String, String>> settings(String topic, TopicState state) {
        if (state instanceof TopicState.Present present) {
            if (present.settings().isEmpty()) {
                problems.note(
                        path(topic), "could not be checked: this client may not read its settings (DescribeConfigs)");
            }
            return present.settings();
        }
        if (state instanceof TopicState.Hidden) {
            problems.note(path(topic), "could not be checked: this client may not see it (Describe)");
        }
        return Optional.empty();
    }

    private static String path(String topic) {
        return "topics." + topic;
    }
}
