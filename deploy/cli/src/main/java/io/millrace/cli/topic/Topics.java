package io.millrace.cli.topic;

import io.millrace.cli.Workspace;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;

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
}
