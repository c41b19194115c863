package io.millrace.cli.deadletter;

import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code millrace dlq list}. */
@Command(
        name = "list",
        description =
                "Counts the dead letters by pipeline, stage and error, and lists the newest. It reads the whole topic"
                        + " and leaves no trace in Kafka.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace dlq list",
            "  millrace dlq list --pipeline cdc-sync --stage elasticsearch.users --limit 5",
            "  millrace dlq list --source-topic dbserver1.public.users --since 2h",
            "  millrace dlq list --json --bootstrap-servers kafka-1:9092 --command-config client.properties"
        })
final class DeadLettersListCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final LetterSource source = new LetterSource();

    @Mixin
    private final LetterFilter filter = new LetterFilter();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of the newest letters to list; 0 only counts. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--json",
            description = "Print one JSON object: topic, count, groups[], letters[]; 63-bit numbers are text.")
    private boolean json;

    DeadLettersListCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 0) {
            throw new ParameterException(spec().commandLine(), "--limit is " + limit + "; it must be at least 0");
        }
        LetterDigest digest = new LetterDigest(limit);
        try (LetterReader reader = source.open(workspace)) {
            reader.readAll(letter -> {
                if (filter.accepts(letter)) {
                    digest.add(letter);
                }
            });
        }
        if (json) {
            LetterListing.printJson(source.topic(), digest, out());
        } else {
            LetterListing.print(digest, out());
        }
        return 0;
    }
}
