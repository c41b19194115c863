package io.millrace.cli.audit;

import io.millrace.archive.crypt.Hold;
import io.millrace.archive.crypt.LegalHolds;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SigningKey;
import io.millrace.archive.expire.DueDay;
import io.millrace.archive.expire.Expirer;
import io.millrace.cli.Bytes;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.TextTable;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code millrace audit expire}. */
@Command(
        name = "expire",
        description = {
            "Removes the records of whole sealed days that are old enough, and leaves their digests.",
            "",
            "Without --yes it only says what it would do. Each day gets a signed statement first, without which a"
                    + " verifier takes its files as missing; the rest of the archive still verifies. A day that is not"
                    + " sealed, too young by the clock or by how far its partition is sealed, under a legal hold, or not"
                    + " what was sealed, stays. In a bucket with versions, older versions stay until the bucket removes"
                    + " them. Killed at any moment, it is run again, and ends the same."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace audit expire --archive archive --public-key public-keys.pem",
            "  millrace audit expire --archive archive --public-key public-keys.pem --witness witness"
                    + " --private-key signing-1.pem --older-than 400d --yes"
        })
final class AuditExpireCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final ArchiveOption archive = new ArchiveOption();

    @Option(
            names = "--older-than",
            paramLabel = "DAYS",
            defaultValue = "365d",
            converter = Days.Converter.class,
            description = "How many whole days records are kept. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Days olderThan;

    @Mixin
    private final PublicKeyOption publicKeys = new PublicKeyOption();

    @Option(names = "--private-key", paramLabel = "FILE", description = "The key that signs now; needed with --yes.")
    private @Nullable Path privateKey;

    @Option(
            names = "--witness",
            paramLabel = "DIR",
            description =
                    "The second place that gets what is signed; if the archive has one, its statements go there, too.")
    private @Nullable String witness;

    @Mixin
    private final KeyDatabase database = new KeyDatabase();

    @Option(names = "--yes", description = "Remove them.")
    private boolean yes;

    AuditExpireCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        if (yes && privateKey == null) {
            throw new ParameterException(
                    spec().commandLine(), "--yes needs --private-key: a day is removed with a signed statement alone");
        }
        PublicKeys keys = publicKeys.keys();
        Expirer expirer = new Expirer(
                archive.folder(workspace),
                witness == null ? null : ArchiveFolders.of(workspace, "--witness", witness),
                keys,
                olderThan.count(),
                InstantSource.system());
        archive.contents(workspace);
        List<DueDay> due = expirer.due();
        if (due.isEmpty()) {
            out().println("no sealed day is older than " + olderThan);
            return 0;
        }
        try (LegalHolds holds = database.holds(workspace)) {
            // beside another archive's keys there are no holds of this one
            archive.keys(workspace).requireIn(holds, "nothing was removed");
            return privateKey == null || !yes
                    ? plan(expirer, due, holds)
                    : remove(expirer, due, holds, privateKey, keys);
        }
    }

    private int plan(Expirer expirer, List<DueDay> due, LegalHolds holds) throws IOException {
        TextTable table = new TextTable("PARTITION", "DAY", "RECORDS", "SIZE", "WOULD BE");
        long removed = 0;
        List<Hold> inForce = holds.inForce();
        for (DueDay day : due) {
            Optional<Hold> held = expirer.heldBy(day, inForce);
            removed += held.isPresent() ? 0 : day.bytes();
            row(table, day, held, "removed");
        }
        table.print(out());
        out().println(Bytes.text(removed) + " would be removed" + (removed == 0 ? "" : "; --yes removes them"));
        return 0;
    }

    private int remove(Expirer expirer, List<DueDay> due, LegalHolds holds, Path file, PublicKeys keys)
            throws IOException {
        SigningKey key = KeyFiles.signingKey(file, keys);
        TextTable table = new TextTable("PARTITION", "DAY", "RECORDS", "SIZE", "IS");
        try {
            for (DueDay day : due) {
                // one day at a time, so that who sets a hold waits for no longer
                row(table, day, holds.whileNoneComes(inForce -> expirer.remove(day, inForce, key)), "removed");
            }
        } finally {
            table.print(out());
        }
        return 0;
    }

    private static void row(TextTable table, DueDay day, Optional<Hold> held, String otherwise) {
        table.row(
                String.valueOf(day.digest().chain().partition()),
                day.digest().day().toString(),
                String.valueOf(day.records()),
                Bytes.text(day.bytes()),
                held.map(hold -> "kept by hold " + hold.id()).orElse(otherwise));
    }
}
