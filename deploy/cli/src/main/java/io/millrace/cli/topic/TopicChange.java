package io.millrace.cli.topic;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One difference between the list and the cluster. */
sealed interface TopicChange {

    /** One line for people. */
    String describe();

    /** Whether applying the plan does it; otherwise it is only said. */
    default boolean applicable() {
        return true;
    }

    /** The topic is missing. */
    record Create(TopicSpec topic) implements TopicChange {
        @Override
        public String describe() {
            return "create  " + topic.name() + "  partitions=" + topic.partitions() + " replication="
                    + topic.replication() + " " + topic.config();
        }
    }

    /** The topic has fewer partitions than the list. */
    record AddPartitions(String topic, int from, int to) implements TopicChange {
        @Override
        public String describe() {
            return "change  " + topic + "  partitions " + from + " -> " + to
                    + " (a key may move to another partition: records of it written before stay where they are)";
        }
    }

    /** One configuration differs; {@code from} is null if the broker does not know it. */
    record SetConfig(String topic, String key, @Nullable String from, String to) implements TopicChange {
        @Override
        public String describe() {
            return "change  " + topic + "  " + key + " " + Objects.requireNonNullElse(from, "(unset)") + " -> " + to;
        }
    }

    /** A difference that nothing here mends, and what somebody can do about it. */
    record Leave(String topic, String difference, String reason) implements TopicChange {
        @Override
        public String describe() {
            return "leave   " + topic + "  " + difference + ": " + reason;
        }

        @Override
        public boolean applicable() {
            return false;
        }
    }
}
