package io.millrace.cli.deadletter;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Printable;
import io.millrace.cli.Workspace;
import io.millrace.cli.job.RunningJobs;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code millrace dlq redrive}. */
@Command(
        name = "redrive",
        description = {
            "Sends dead letters again, each to the pipeline that failed on it and to nobody else.",
            "",
            "Without --yes it only says what it would do. A pipeline takes a letter as the record that it was, in its"
                    + " first place: what has been written since stays. What fails again is parked, a new letter with"
                    + " one attempt more. A letter older than the deletions that the pipeline's targets remember is"
                    + " refused: its row may have been deleted since, and would come back. Letters are sent once,"
                    + " however often this is said."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace dlq redrive --pipeline cdc-sync --error-class mapper_parsing_exception",
            "  millrace dlq redrive --source-topic dbserver1.public.users --since 2h --yes",
            "  millrace dlq redrive --parked --rate 50 --yes --bootstrap-servers kafka-1:9092 --flink http://jm:8081"
        })
final class DeadLettersRedriveCommand extends MillraceCommand {
    private static final String MEMORY = "millrace.redrive.memory-of-deletions";

    private final Workspace workspace;
    private final Set<String> missing = new TreeSet<>();

    @Mixin
    private final LetterSource source = new LetterSource();

    @Mixin
    private final LetterFilter filter = new LetterFilter();

    @Mixin
    private final RunningJobs jobs = new RunningJobs();

    @Option(names = "--yes", description = "Send them.")
    private boolean yes;

    @Option(names = "--parked", description = "Also send what has failed more than once.")
    private boolean parked;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Letters a second at most. Default: ${DEFAULT-VALUE}.")
    private int rate;

    DeadLettersRedriveCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        if (rate < 1) {
            throw new ParameterException(spec().commandLine(), "--rate is " + rate + "; it must be at least 1");
        }
        RedrivePlan plan = plan();
        if (plan.records() == 0) {
            out().println("no dead letters");
            return 0;
        }
        plan.print(out());
        requireTopics(plan.topics());
        if (!yes) {
            out().printf(
                            "%d of %d would be sent again%s%n",
                            plan.chosen(), plan.records(), plan.chosen() == 0 ? "" : "; --yes sends them");
            return 0;
        }
        out().printf("sent %d again, to %s%n", send(plan), String.join(", ", plan.topics()));
        return 0;
    }

    private RedrivePlan plan() throws IOException {
        RedriveHistory history = new RedriveHistory();
        Set<String> pipelines = new TreeSet<>();
        try (LetterReader reader = source.open(workspace)) {
            reader.readAll(letter -> {
                history.addFailed(letter);
                if (filter.accepts(letter)
                        && !letter.text(LetterHeader.PIPELINE).isEmpty()) {
                    pipelines.add(letter.text(LetterHeader.PIPELINE));
                }
            });
        }
        readSent(pipelines, history);
        RedrivePlan plan = new RedrivePlan(history, memories(pipelines), parked, Instant.now());
        forEachAccepted(plan::add);
        return plan;
    }

    private void forEachAccepted(Consumer<Letter> each) throws IOException {
        try (LetterReader reader = source.open(workspace)) {
            reader.readAll(letter -> {
                if (filter.accepts(letter)) {
                    each.accept(letter);
                }
            });
        }
    }

    private void readSent(Set<String> pipelines, RedriveHistory history) throws IOException {
        for (String pipeline : pipelines) {
            String topic = new RedriveKey(pipeline, "").topic();
            try (LetterReader reader = source.open(workspace, topic)) {
                if (reader.exists()) {
                    reader.readAll(history::addSent);
                } else {
                    missing.add(topic);
                }
            }
        }
    }

    private void requireTopics(Set<String> topics) {
        Set<String> needed = new TreeSet<>(topics);
        needed.retainAll(missing);
        if (!needed.isEmpty()) {
            throw new CommandFailure("Kafka has no topic " + String.join(", ", needed)
                    + ", from which the pipeline takes its letters back; create it with `millrace topics apply --for"
                    + " pipeline=NAME`");
        }
    }

    /** What is unknown is decided by the pipeline alone, when it gets the letter. */
    private Map<String, Duration> memories(Set<String> pipelines) {
        Map<String, Duration> memories = new HashMap<>();
        for (String pipeline : pipelines) {
            try {
                memory(jobs.parameters(workspace, pipeline)).ifPresent(memory -> memories.put(pipeline, memory));
            } catch (CommandFailure e) {
                err().println("note: " + Printable.line(String.valueOf(e.getMessage())) + ". Letters that are too old"
                        + " will be refused when the pipeline reads them, not before");
            }
        }
        return memories;
    }

    private static Optional<Duration> memory(Map<String, String> parameters) {
        try {
            return Optional.of(Duration.parse(parameters.getOrDefault(MEMORY, "")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private long send(RedrivePlan plan) throws IOException {
        try (RedriveSender sender = new RedriveSender(source.client(workspace), rate)) {
            forEachAccepted(letter -> {
                if (plan.isChosen(letter)) {
                    sender.send(letter);
                }
            });
            return sender.finish();
        }
    }
}
