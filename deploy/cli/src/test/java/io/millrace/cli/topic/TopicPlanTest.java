package io.millrace.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    private static final Map<String, String> DELETES = Map.of("cleanup.policy", "delete", "retention.ms", "1000");
    private static final Map<String, String> COMPACTS = Map.of("cleanup.policy", "compact");

    @Test
    void createsWhatIsMissing() {
        TopicSpec topic = new TopicSpec("alerts", 5, 3, DELETES);
        TopicPlan plan = TopicPlan.of(List.of(topic), Map.of());
        assertThat(plan.changes()).containsExactly(new TopicChange.Create(topic));
        assertThat(plan.changes().get(0).describe())
                .isEqualTo("create  alerts  partitions=5 replication=3 {cleanup.policy=delete, retention.ms=1000}");
        assertThat(plan.unchanged()).isZero();
    }

    @Test
    void leavesAloneWhatIsAsListedAndWhatTheListDoesNotDecide() {
        TopicPlan plan = TopicPlan.of(
                List.of(new TopicSpec("alerts", 5, 3, DELETES)),
                existing(5, 3, Map.of("cleanup.policy", "delete", "retention.ms", "1000", "segment.ms", "5")));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.unchanged()).isEqualTo(1);
    }

    @Test
    void setsTheConfigurationsThatDiffer() {
        TopicPlan plan = TopicPlan.of(
                List.of(new TopicSpec("alerts", 5, 3, DELETES)), existing(5, 3, Map.of("cleanup.policy", "compact")));
        assertThat(plan.changes())
                .containsExactly(
                        new TopicChange.SetConfig("alerts", "cleanup.policy", "compact", "delete"),
                        new TopicChange.SetConfig("alerts", "retention.ms", null, "1000"));
        assertThat(plan.changes())
                .extracting(TopicChange::describe)
                .containsExactly(
                        "change  alerts  cleanup.policy compact -> delete",
                        "change  alerts  retention.ms (unset) -> 1000");
    }

    @Test
    void addsPartitionsAndWarnsThatKeysMove() {
        TopicPlan plan = TopicPlan.of(List.of(new TopicSpec("alerts", 5, 3, DELETES)), existing(2, 3, DELETES));
        assertThat(plan.changes()).containsExactly(new TopicChange.AddPartitions("alerts", 2, 5));
        assertThat(plan.changes().get(0).describe())
                .contains("partitions 2 -> 5")
                .contains("a key may move");
    }

    @Test
    void neverAddsPartitionsToACompactedTopic() {
        TopicPlan plan = TopicPlan.of(List.of(new TopicSpec("alerts", 5, 3, COMPACTS)), existing(2, 3, COMPACTS));
        assertThat(plan.changes()).hasOnlyElementsOfType(TopicChange.Leave.class);
        assertThat(plan.applicable()).isEmpty();
        assertThat(plan.changes().get(0).describe())
                .contains("partitions 2, the list says 5")
                .contains("last value");
    }

    @Test
    void neverTakesPartitionsAway() {
        TopicPlan plan = TopicPlan.of(List.of(new TopicSpec("alerts", 2, 3, DELETES)), existing(5, 3, DELETES));
        assertThat(plan.applicable()).isEmpty();
        assertThat(plan.changes().get(0).describe()).contains("Kafka cannot take partitions away");
    }

    @Test
    void saysThatItDoesNotMoveCopies() {
        TopicPlan plan = TopicPlan.of(List.of(new TopicSpec("alerts", 5, 3, DELETES)), existing(5, 1, DELETES));
        assertThat(plan.applicable()).isEmpty();
        assertThat(plan.changes().get(0).describe())
                .contains("replication 1, the list says 3")
                .contains("kafka-reassign-partitions");
    }

    @Test
    void neverDeletesATopic() {
        TopicPlan plan = TopicPlan.of(List.of(), existing(5, 3, DELETES));
        assertThat(plan.changes()).isEmpty();
    }

    private static Map<String, ExistingTopic> existing(int partitions, int replication, Map<String, String> config) {
        return Map.of("alerts", new ExistingTopic("alerts", partitions, replication, config));
    }
}
