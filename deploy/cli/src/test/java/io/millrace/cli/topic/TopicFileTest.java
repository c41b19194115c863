package io.millrace.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.ProjectFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFileTest {
    private static final String DAY = "86400000";

    @Test
    void readsWhatATopicSaysOverWhatHoldsForAll() {
        TopicList list = TopicFile.parse("""
                defaults: {partitions: 5, replication: 3, retention: 7d, config: {min.insync.replicas: 2}}
                topics:
                  plain: {}
                  own: {partitions: 20, replication: 2, retention: 30d, config: {max.message.bytes: 2097152}}
                """, "topics.yaml");
        assertThat(list.topics())
                .containsExactly(
                        new TopicSpec(
                                "plain",
                                5,
                                3,
                                Map.of(
                                        "cleanup.policy", "delete",
                                        "retention.ms", "604800000",
                                        "min.insync.replicas", "2")),
                        new TopicSpec(
                                "own",
                                20,
                                2,
                                Map.of(
                                        "cleanup.policy", "delete",
                                        "retention.ms", "2592000000",
                                        "min.insync.replicas", "2",
                                        "max.message.bytes", "2097152")));
    }

    @Test
    void aCompactedTopicKeepsTombstonesAndHasNoRetention() {
        TopicList list = TopicFile.parse("topics: {t: {cleanup: compact, delete-retention: 7d}}", "topics.yaml");
        assertThat(list.topics().get(0).config())
                .isEqualTo(Map.of("cleanup.policy", "compact", "delete.retention.ms", "604800000"));
    }

    @Test
    void foreverIsMinusOne() {
        TopicList list = TopicFile.parse("topics: {t: {retention: forever}}", "topics.yaml");
        assertThat(list.topics().get(0).config()).containsEntry("retention.ms", "-1");
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertThatThrownBy(() -> TopicFile.parse("""
                        topcis: {}
                        topics:
                          bad name: {}
                          a: {partitons: 3, replication: 0}
                          b: {retention: soon, cleanup: shred}
                          c: {cleanup: compact, retention: 7d}
                          d: {delete-retention: 7d}
                          e: {config: {retention.ms: 5, segment.bites: 1, min.insync.replicas: none}}
                          f: 3
                          x.y: {}
                          x_y: {}
                        templates:
                          plain: {}
                          "{one}.{two}": {}
                          "{sp ace}": {}
                        profiles:
                          local: {max-partitions: many}
                        """, "topics.yaml"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("topics.yaml has 17 problem(s)")
                .hasMessageContaining("unknown key `topcis`; did you mean `topics`?")
                .hasMessageContaining("topic `bad name`: Kafka takes only letters")
                .hasMessageContaining("`topics.a` has an unknown key `partitons`; did you mean `partitions`?")
                .hasMessageContaining("`topics.a.replication` is `0`; it must be a whole number of at least 1")
                .hasMessageContaining("`topics.b.retention` is `soon`; it must be a number with a unit")
                .hasMessageContaining("`topics.b.cleanup` is `shred`; it must be delete, compact or compact,delete")
                .hasMessageContaining("`topics.c.retention` is `7d`; a topic that only compacts")
                .hasMessageContaining("`topics.d.delete-retention` is `7d`; only a compacted topic")
                .hasMessageContaining("`topics.e.config.retention.ms` is `5`; say it with")
                .hasMessageContaining("`topics.e.config.segment.bites` is `1`; Kafka has no such topic configuration;"
                        + " did you mean `segment.bytes`?")
                .hasMessageContaining("`topics.e.config.min.insync.replicas` is `none`; it must be a whole number")
                .hasMessageContaining("`topics.f` is `3`; it must be a mapping")
                .hasMessageContaining("topics `x.y` and `x_y` differ only in `.` and `_`")
                .hasMessageContaining("template `plain` must have one placeholder")
                .hasMessageContaining("template `{one}.{two}` must have one placeholder")
                .hasMessageContaining("template `{sp ace}` must have one placeholder")
                .hasMessageContaining("`profiles.local.max-partitions` is `many`");
    }

    @Test
    void aTopicListedTwiceIsNotYaml() {
        assertThatThrownBy(() -> TopicFile.parse("topics:\n  a: {}\n  a: {}\n", "topics.yaml"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("topics.yaml is not YAML")
                .hasMessageContaining("Duplicate");
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> TopicFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("none.yaml, does not exist");
    }

    @Test
    void theLocalProfileFitsOneBroker() throws IOException {
        List<TopicSpec> topics = projectList().installation("local", Map.of("table", List.of("users")));
        assertThat(topics).allSatisfy(topic -> {
            assertThat(topic.replication()).isEqualTo(1);
            assertThat(topic.partitions()).isBetween(1, 4);
            assertThat(topic.config()).containsEntry("min.insync.replicas", "1");
        });
        assertThat(topics).extracting(TopicSpec::name).contains("dead-letter-queue", "dbserver1.public.users");
    }

    @ParameterizedTest
    @CsvSource({
        "user.events, 10, 3, 30",
        "order.events, 10, 3, 90",
        "page-views, 20, 2, 7",
        "user-actions, 20, 2, 7",
        "audit-logs, 10, 3, 365",
        "dead-letter-queue, 5, 3, 30"
    })
    void theListHasTheContractsSizes(String name, int partitions, int replication, long days) throws IOException {
        TopicSpec topic =
                byName(projectList().installation("default", Map.of())).get(name);
        assertThat(topic.partitions()).isEqualTo(partitions);
        assertThat(topic.replication()).isEqualTo(replication);
        assertThat(topic.config()).containsEntry("retention.ms", String.valueOf(days * Long.parseLong(DAY)));
    }

    @Test
    void aTablesTopicIsCompactedAloneAndOneWithoutAKeyDeletes() throws IOException {
        Map<String, TopicSpec> topics = byName(projectList()
                .installation("default", Map.of("table", List.of("users"), "keyless-table", List.of("visits"))));
        TopicSpec users = topics.get("dbserver1.public.users");
        assertThat(users.partitions()).isEqualTo(5);
        assertThat(users.replication()).isEqualTo(3);
        assertThat(users.config())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("delete.retention.ms", "604800000")
                .doesNotContainKey("retention.ms");
        assertThat(topics.get("dbserver1.public.visits").config()).containsEntry("cleanup.policy", "delete");
    }

    private static TopicList projectList() throws IOException {
        return TopicFile.read(ProjectFolder.root().resolve("deploy/topics.yaml"));
    }

    private static Map<String, TopicSpec> byName(List<TopicSpec> topics) {
        return topics.stream().collect(Collectors.toMap(TopicSpec::name, topic -> topic));
    }
}
