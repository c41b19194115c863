package io.millrace.cli.topic;

import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace topics apply}. */
@Command(
        name = "apply",
        description = {
            "Creates the topics that are missing and changes those that differ. It can be repeated.",
            "",
            "It never deletes a topic, a partition or a record by itself; a shorter retention lets Kafka delete."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  millrace topics apply", "  millrace topics apply --for table=users --for pipeline=cdc-sync"})
final class TopicsApplyCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final TopicOptions options = new TopicOptions();

    TopicsApplyCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        var topics = options.topics(workspace);
        try (TopicAdmin admin = new TopicAdmin(options.kafka().client(workspace.local()))) {
            TopicPlan plan = admin.plan(topics);
            plan.changes().forEach(change -> out().println(change.describe()));
            admin.apply(plan, topics);
            out().printf(
                            "%d change(s) made, %d topic(s) as listed%n",
                            plan.applicable().size(), plan.unchanged());
            return 0;
        }
    }
}
