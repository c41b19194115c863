package io.millrace.cli.audit;

import io.millrace.archive.crypt.LegalHolds;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.crypt.Subject;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code millrace audit hold set}. */
@Command(
        name = "set",
        description = {
            "Holds the records of a person, of a range of days, or of a person within a range.",
            "",
            "A day is removed whole or not at all: one with a single record that is held stays. A hold of days without a"
                    + " person also refuses to erase whoever has a record in them. For a person the master key is needed."
                    + " The key store must be that of the archive: beside other keys a hold holds nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace audit hold set --archive archive --subject anna --reason 17 --master-key-file master.key",
            "  millrace audit hold set --archive archive --from 2026-03-01 --to 2026-03-31 --reason 'audit 2026'"
        })
final class AuditHoldSetCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final ArchiveOption archive = new ArchiveOption();

    @Option(
            names = "--subject",
            paramLabel = "ID",
            description = "The person, as events name them. Default: everybody.")
    private @Nullable String subject;

    @Mixin
    private final DayRange range = new DayRange();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, such as a case number; it is stored as it is, so it should name nobody.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Mixin
    private final KeyStoreOptions keys = new KeyStoreOptions();

    AuditHoldSetCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        range.check(spec());
        if (subject == null && range.from() == null && range.to() == null) {
            throw new ParameterException(
                    spec().commandLine(), "neither --subject nor --from nor --to says what is held; give one of them");
        }
        try (LegalHolds holds = keys.holds(workspace)) {
            archive.keys(workspace).requireIn(holds, "no hold was set");
            byte[] hidden = subject == null ? null : hidden(subject);
            long id = holds.place(hidden, range.from(), range.to(), reason);
            out().println("hold " + id + " is in force; `millrace audit hold release " + id + "` ends it");
            return 0;
        }
    }

    private byte[] hidden(String id) throws IOException {
        try (PostgresKeyStore store = keys.open(workspace, err())) {
            Subject person = Subject.person(id);
            if (store.find(person).isEmpty()) {
                err().println(
                                "note: the key store has no key of that person, so nothing of the person is in the archive"
                                        + " yet; what comes is held");
            }
            return store.hidden(person);
        }
    }
}
