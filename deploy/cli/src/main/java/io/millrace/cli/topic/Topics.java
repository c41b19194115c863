package io.millrace.cli.topic;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Brings the local Kafka in line with the list of topics. */
public final class Topics {
    private Topics() {}

    /**
     * Applies the {@code local} profile of the list.
     *
     * @param values for each placeholder of the templates, the names to make topics for; may be empty
     * @return how many changes were made
     */
    public static int applyLocally(
            Workspace workspace, String bootstrapServers, Map<String, ? extends Collection<String>> values)
            throws IOException {
        var topics = TopicFile.read(workspace.topicsFile()).installation("local", values);
        Properties client = new Properties();
        client.put("bootstrap.servers", bootstrapServers);
        try (TopicAdmin admin = new TopicAdmin(client)) {
            TopicPlan plan = admin.plan(topics);
            admin.apply(plan, topics);
            return plan.applicable().size();
        }
    }

    /**
     * Makes one topic of the {@code local} profile otherwise than the list has it, until {@link #applyLocally} mends that.
     *
     * @param otherwise what is configured otherwise
     */
    public static void createLocally(
            Workspace workspace, String bootstrapServers, String name, Map<String, String> otherwise)
            throws IOException {
        TopicSpec listed = TopicFile.read(workspace.topicsFile()).installation("local", Map.of()).stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("the list of topics has no `" + name + "`"));
        Map<String, String> config = new TreeMap<>(listed.config());
        config.putAll(otherwise);
        List<TopicSpec> topics = List.of(new TopicSpec(name, listed.partitions(), listed.replication(), config));
        Properties client = new Properties();
        client.put("bootstrap.servers", bootstrapServers);
        try (TopicAdmin admin = new TopicAdmin(client)) {
            admin.apply(admin.plan(topics), topics);
        }
    }
}
