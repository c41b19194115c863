package io.millrace.audit.preflight;

import io.millrace.common.config.Problems;
import io.millrace.common.preflight.Brokers;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.sink.kafka.TopicState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The topics are there, and the brokers give the time of the archived one's records. */
public final class TopicCheck {

    private static final String TIMESTAMPS = "message.timestamp.type";
    private static final String CLEANUP = "cleanup.policy";
    private static final String BROKERS_TIME = "LogAppendTime";

    private final Brokers brokers;
    private final Problems problems;

    public TopicCheck(Brokers brokers, Problems problems) {
        this.brokers = brokers;
        this.problems = problems;
    }

    /** Notes a topic that is not there. */
    public void require(String path, KafkaConnection kafka, List<String> topics) {
        brokers.states(path, kafka, topics).forEach((topic, state) -> require(topic, state, kafka));
    }

    private void require(String topic, TopicState state, KafkaConnection kafka) {
        if (state instanceof TopicState.Missing) {
            problems.add(
                    "topics." + topic,
                    "does not exist at " + kafka.bootstrapServers()
                            + "; run ./millrace topics apply, or make it with kafka-topics.sh --create");
        } else if (state instanceof TopicState.Hidden) {
            problems.note("topics." + topic, "could not be checked: this client may not see it (Describe)");
        }
    }

    /** Notes the archived topic if it is not there, producers give the time, or it is compacted; says whether it is there. */
    public boolean requireBrokersTime(String path, KafkaConnection kafka, String topic) {
        TopicState state = brokers.states(path, kafka, List.of(topic)).getOrDefault(topic, new TopicState.Hidden());
        require(topic, state, kafka);
        if (state instanceof TopicState.Present present) {
            checkTime(topic, present.settings());
            checkCleanup(
                    topic,
                    present.settings()
                            .map(known -> known.getOrDefault(CLEANUP, ""))
                            .orElse(""));
            return true;
        }
        return false;
    }

    private void checkCleanup(String topic, String policy) {
        if (policy.contains("compact")) {
            problems.add(
                    "topics." + topic,
                    "has " + CLEANUP + "=" + policy
                            + "; it must not be compacted, because Kafka then removes events for"
                            + " which a later one has the same key, and nobody could tell whether they were archived. Run"
                            + " kafka-configs.sh --alter --topic " + topic + " --add-config " + CLEANUP + "=delete");
        }
    }

    private void checkTime(String topic, Optional<Map<String, String>> settings) {
        String type = settings.map(known -> known.getOrDefault(TIMESTAMPS, "")).orElse("");
        if (settings.isEmpty()) {
            problems.note(
                    "topics." + topic,
                    "could not be checked for " + TIMESTAMPS + ": this client may not read its configuration"
                            + " (DescribeConfigs)");
        } else if (!type.equals(BROKERS_TIME)) {
            problems.add(
                    "topics." + topic,
                    "has " + TIMESTAMPS + "=" + type + "; it must be " + BROKERS_TIME
                            + ", because a producer's own time"
                            + " would decide into which day a record is sealed. Run kafka-configs.sh --alter --topic "
                            + topic + " --add-config " + TIMESTAMPS + "=" + BROKERS_TIME);
        }
    }
}
