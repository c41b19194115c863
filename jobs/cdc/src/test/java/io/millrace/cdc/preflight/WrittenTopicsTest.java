package io.millrace.cdc.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.sink.kafka.TopicState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTopicsTest {

    private static final String USERS = "dbserver1.public.users";
    private static final String OTHER = "shop.sales.users";
    private static final int LARGEST = 1_000_000;

    private final Problems problems = new Problems();
    private final WrittenTopics topics = new WrittenTopics(problems);

    @Test
    void takesATopicThatIsCompactAndLargeEnough() {
        topics.checkTable(USERS, present("compact", LARGEST), LARGEST, "k:9092");
        topics.checkDeadLetters("dead-letter-queue", present("delete", LARGEST), LARGEST, "k:9092");

        assertThat(problems.isEmpty()).isTrue();
        assertThat(problems.notes()).isEmpty();
    }

    @Test
    void namesTheCommandThatMakesAMissingTopicCompacted() {
        topics.checkTable(USERS, new TopicState.Missing(), LARGEST, "127.0.0.1:9092");
        topics.checkTable(OTHER, new TopicState.Missing(), LARGEST, "k:9092");

        assertThat(found().get(0))
                .startsWith(
                        "`topics.dbserver1.public.users` does not exist at 127.0.0.1:9092. Where Kafka makes topics by itself,"
                                + " it would get cleanup.policy = delete")
                .endsWith("Run ./millrace topics apply --for table=users");
        assertThat(found().get(1))
                .endsWith(
                        "Run kafka-topics.sh --bootstrap-server k:9092 --create --topic shop.sales.users --partitions 5"
                                + " --config cleanup.policy=compact --config delete.retention.ms=604800000");
    }

    @Test
    void needsATopicForNotificationsThatTakesTheLargest() {
        topics.checkNotifications("notifications", present("delete", LARGEST), LARGEST, "k:9092");
        assertThat(problems.isEmpty()).isTrue();

        topics.checkNotifications("notifications", new TopicState.Missing(), LARGEST, "localhost:9092");
        topics.checkNotifications("told", new TopicState.Missing(), LARGEST, "k:9092");
        topics.checkNotifications("notifications", present("delete", LARGEST - 1), LARGEST, "k:9092");

        assertThat(found())
                .satisfiesExactly(
                        found -> assertThat(found).endsWith("nowhere to go. Run ./millrace topics apply"),
                        found -> assertThat(found).endsWith("--create --topic told --partitions 5"),
                        found -> assertThat(found).contains("below `targets.notifications.largest`"));
    }

    /** The project's list as a whole is for a cluster of its own. */
    @Test
    void namesACommandForThatTopicAloneOnAClusterOfOthers() {
        topics.checkTable(USERS, new TopicState.Missing(), LARGEST, "k:9092");

        assertThat(found().get(0)).contains("Run kafka-topics.sh --bootstrap-server k:9092 --create --topic " + USERS);
    }

    @Test
    void notesATopicThatForgetsDeletionsWithinAWeek() {
        topics.checkTable(
                OTHER,
                new TopicState.Present(
                        Optional.of(Map.of("cleanup.policy", "compact", "delete.retention.ms", "86400000"))),
                LARGEST,
                "k:9092");

        assertThat(problems.isEmpty()).isTrue();
        assertThat(problems.notes())
                .singleElement()
                .asString()
                .contains("has delete.retention.ms = 86400000: a reader that is away for longer")
                .endsWith("--add-config delete.retention.ms=604800000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact,delete", "delete,compact"})
    void refusesEveryPolicyThatForgetsRows(String policy) {
        topics.checkTable(OTHER, present(policy, LARGEST), LARGEST, "k:9092");

        assertThat(found())
                .singleElement()
                .asString()
                .startsWith("`topics.shop.sales.users` has cleanup.policy = " + policy + "; it must be compact")
                .endsWith("Run kafka-configs.sh --bootstrap-server k:9092 --alter --entity-type topics --entity-name"
                        + " shop.sales.users --add-config cleanup.policy=compact");
    }

    @Test
    void saysPolicyAndSizeOfOneTopicTogether() {
        topics.checkTable(USERS, present("delete", LARGEST - 1), LARGEST, "k:9092");

        assertThat(found()).hasSize(2);
        assertThat(found().get(1))
                .contains(
                        "has max.message.bytes = 999999, below `targets.kafka.largest-record`, which is 1000000 bytes",
                        "--add-config max.message.bytes=1000000, or lower the option");
    }

    @Test
    void refusesADeadLetterTopicThatIsMissingOrTooSmall() {
        topics.checkDeadLetters("dead-letter-queue", new TopicState.Missing(), LARGEST, "localhost:9092");
        topics.checkDeadLetters("letters", new TopicState.Missing(), LARGEST, "k:9092");
        topics.checkDeadLetters("letters", present("delete", 10), LARGEST, "k:9092");

        assertThat(found().get(0)).endsWith("Run ./millrace topics apply");
        assertThat(found().get(1)).contains("kafka-topics.sh", "--topic letters", "max.message.bytes=2097152");
        assertThat(found().get(2)).contains("has max.message.bytes = 10, below `dead-letters.largest-record`");
    }

    @Test
    void whatMayNotBeSeenIsNotedAndRefusesNothing() {
        topics.checkTable(USERS, new TopicState.Hidden(), LARGEST, "k:9092");
        topics.checkTable(OTHER, new TopicState.Present(Optional.empty()), LARGEST, "k:9092");

        assertThat(problems.isEmpty()).isTrue();
        assertThat(problems.notes())
                .extracting(Problem::toString)
                .containsExactly(
                        "`topics.dbserver1.public.users` could not be checked: this client may not see it (Describe)",
                        "`topics.shop.sales.users` could not be checked: this client may not read its settings"
                                + " (DescribeConfigs)");
    }

    private List<String> found() {
        return problems.found().stream().map(Problem::toString).toList();
    }

    private static TopicState present(String policy, int largest) {
        return new TopicState.Present(
                Optional.of(Map.of("cleanup.policy", policy, "max.message.bytes", Integer.toString(largest))));
    }
}
