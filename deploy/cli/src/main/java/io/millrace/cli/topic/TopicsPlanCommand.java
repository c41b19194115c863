package io.millrace.cli.topic;

import io.millrace.cli.LocalAddresses;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace topics plan}. */
@Command(
        name = "plan",
        description = {
            "Says what `topics apply` would do, and changes nothing.",
            "",
            "A line starts with `create`, `change`, or `leave`: a difference that nothing here mends, such as"
                    + " too many partitions. Topics that the list does not name are never touched."
        },
        exitCodeList = {
            "0:the plan was made, whether or not it has changes",
            "1:failed; with --check also when there is a difference",
            "2:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace topics plan",
            "  millrace topics plan --bootstrap-servers kafka-1:9092 --for table=users --for table=orders --check"
        })
final class TopicsPlanCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final TopicOptions options = new TopicOptions();

    @Option(names = "--check", description = "Exit with 1 if anything differs, for a build that guards a cluster.")
    private boolean check;

    TopicsPlanCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        LocalAddresses local = workspace.local();
        var topics = options.topics(workspace);
        try (TopicAdmin admin = new TopicAdmin(options.kafka().client(local))) {
            TopicPlan plan = admin.plan(topics);
            plan.changes().forEach(change -> out().println(change.describe()));
            out().printf(
                            "%d change(s), %d topic(s) as listed%n",
                            plan.applicable().size(), plan.unchanged());
            return check && !plan.changes().isEmpty() ? 1 : 0;
        }
    }
}
