package io.millrace.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithServers(Server.KAFKA)
class TopicsIT {
    private final Addresses addresses;

    @TempDir
    private Path folder;

    TopicsIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @Test
    void appliesTheWholeListOnceAndThenHasNothingToDo() {
        CommandLineRun plan = topics("plan", "--profile", "local", "--for", "table=it_users", "--check");
        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.out()).contains("create  dbserver1.public.it_users  partitions=4 replication=1");

        CommandLineRun apply = topics("apply", "--profile", "local", "--for", "table=it_users");
        assertThat(apply.err()).isEmpty();
        assertThat(apply.code()).isZero();

        told(() -> {
            CommandLineRun again = topics("plan", "--profile", "local", "--for", "table=it_users", "--check");
            assertThat(again.out()).startsWith("0 change(s)");
            assertThat(again.code()).isZero();
        });
        assertThat(topics("apply", "--profile", "local", "--for", "table=it_users")
                        .out())
                .startsWith("0 change(s) made");
    }

    @Test
    void aTableTopicKeepsItsLastValues() throws Exception {
        assertThat(topics("apply", "--profile", "local", "--for", "table=it_orders")
                        .code())
                .isZero();
        told(() -> assertThat(config("dbserver1.public.it_orders"))
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("delete.retention.ms", "604800000"));
    }

    @Test
    void changesAConfigurationAndAddsPartitionsButTakesNoneAway() throws Exception {
        Path list = folder.resolve("topics.yaml");
        Files.writeString(list, "topics: {it-changing: {partitions: 2, replication: 1, retention: 1d}}");
        assertThat(apply(list).out()).contains("create  it-changing");
        told(() -> assertThat(config("it-changing")).containsEntry("retention.ms", "86400000"));

        Files.writeString(list, "topics: {it-changing: {partitions: 3, replication: 1, retention: 2d}}");
        assertThat(apply(list).out())
                .contains("change  it-changing  partitions 2 -> 3")
                .contains("change  it-changing  retention.ms 86400000 -> 172800000");
        told(() -> {
            assertThat(description("it-changing").partitions()).hasSize(3);
            assertThat(config("it-changing")).containsEntry("retention.ms", "172800000");
        });

        Files.writeString(list, "topics: {it-changing: {partitions: 1, replication: 1, retention: 2d}}");
        CommandLineRun fewer = apply(list);
        assertThat(fewer.code()).isZero();
        assertThat(fewer.out()).contains("leave   it-changing").contains("0 change(s) made");
        assertThat(description("it-changing").partitions()).hasSize(3);
    }

    @Test
    void aListThatNeedsMoreBrokersIsAnErrorWithTheRemedy() {
        CommandLineRun run = topics("plan", "--profile", "default");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("3 copies of a topic")
                .contains("has 1 broker(s)")
                .contains("--profile local");
    }

    @Test
    void aClusterThatDoesNotAnswerIsAnErrorThatNamesIt() throws Exception {
        Path quick = Files.writeString(
                folder.resolve("client.properties"), "default.api.timeout.ms=2000\nrequest.timeout.ms=1000\n");
        CommandLineRun run = CommandLineRun.ofProject(
                "topics", "plan", "--bootstrap-servers", "127.0.0.1:1", "--command-config", quick.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Kafka at 127.0.0.1:1");
    }

    /** The controller has changed it, and the broker tells of that a moment later. */
    private static void told(ThrowingRunnable assertion) {
        await("the broker tells of it").ignoreExceptions().untilAsserted(assertion);
    }

    private CommandLineRun apply(Path list) {
        return topics("apply", "--file", list.toString());
    }

    private CommandLineRun topics(String action, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("topics", action, "--bootstrap-servers", addresses.kafkaBootstrap()));
        arguments.addAll(List.of(options));
        return CommandLineRun.ofProject(arguments.toArray(String[]::new));
    }

    private TopicDescription description(String topic) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        }
    }

    private Map<String, String> config(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            Map<String, String> values = new java.util.HashMap<>();
            admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .entries()
                    .forEach(entry -> values.put(entry.name(), entry.value()));
            return values;
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", addresses.kafkaBootstrap()));
    }
}
