package io.millrace.cli.audit;

import io.millrace.archive.crypt.Subject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whom a command is about. */
final class SubjectOption {
    @Option(
            names = "--subject",
            paramLabel = "ID",
            required = true,
            description = "The person, as events name them in `userId` or `accessedBy`.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    String id() {
        return id;
    }

    Subject person(CommandSpec spec) {
        if (id.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--subject is empty; an event without a person has none");
        }
        return Subject.person(id);
    }
}
