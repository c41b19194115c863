package io.millrace.cli.audit;

import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.LegalHolds;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.record.RecordOpener;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace audit show}. */
@Command(
        name = "show",
        description = {
            "Prints the records that are about a person, opened by the person's key.",
            "",
            "It reads all files of the archive, or those of the days that are asked for; what it prints is not verified."
                    + " A record about two persons, of whom one was erased, cannot be read any longer, and is named by"
                    + " its position."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace audit show --subject user-7 --archive archive --master-key-file master.key",
            "  millrace audit show --subject user-7 --archive archive --from 2026-03-01 --json"
        })
final class AuditShowCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final SubjectOption subject = new SubjectOption();

    @Mixin
    private final ArchiveOption archive = new ArchiveOption();

    @Mixin
    private final DayRange range = new DayRange();

    @Option(names = "--json", description = "Print one JSON object a line for each record; offsets are text.")
    private boolean json;

    @Mixin
    private final KeyStoreOptions keys = new KeyStoreOptions();

    AuditShowCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        range.check(spec());
        var person = subject.person(spec());
        var contents = archive.contents(workspace);
        try (PostgresKeyStore store = keys.open(workspace, err());
                LegalHolds holds = keys.holds(workspace)) {
            // who asks what is kept of them must not be told "nothing" by the store of another archive
            archive.keys(workspace).requireIn(holds, "nothing was shown");
            Optional<DataKey> key = store.find(person);
            if (key.isEmpty()) {
                err().println("the key store has no key of that person: nothing about the person was archived, or the"
                        + " person was erased and nothing came since");
                return 0;
            }
            ShownRecords shown = new ShownRecords(out(), new RecordOpener(new ReadKeys(store)), json);
            new PersonRecords(archive.folder(workspace), contents, key.get().id()).forEach(range::covers, shown);
            err().println(shown.count() + " record(s)");
            return 0;
        }
    }
}
