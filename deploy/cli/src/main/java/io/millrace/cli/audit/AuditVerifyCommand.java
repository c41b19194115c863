package io.millrace.cli.audit;

import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.verify.Finding;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import io.millrace.archive.verify.Witness;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace audit verify}. */
@Command(
        name = "verify",
        description = {
            "Verifies an archive: that no record was changed, removed, inserted or moved. It needs the files and the"
                    + " public keys alone, neither Flink nor Kafka nor any secret.",
            "",
            "It says what is proven, what cannot be, and of what is wrong the first record. With --kafka, each record is"
                    + " compared with the topic, too, for as long as the topic keeps it; with a master key also what is"
                    + " encrypted. What docs/audit-format.md calls a witness, --witness names."
        },
        exitCodeOnExecutionException = AuditVerifyCommand.NOT_VERIFIED,
        exitCodeList = {
            "0:nothing is wrong",
            "1:something is wrong",
            "2:the command line is wrong",
            "3:it could not be verified, the reason is on standard error"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace audit verify --archive archive --public-key public-keys.pem",
            "  millrace audit verify --archive archive --public-key public-keys.pem --to 2026-03-31 --witness witness",
            "  millrace audit verify --archive archive --public-key public-keys.pem --kafka --master-key-file master.key"
        })
final class AuditVerifyCommand extends MillraceCommand {
    static final int NOT_VERIFIED = 3;

    private final Workspace workspace;

    @Mixin
    private final ArchiveOption archive = new ArchiveOption();

    @Mixin
    private final PublicKeyOption publicKeys = new PublicKeyOption();

    @Mixin
    private final DayRange range = new DayRange();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the archive must be called; another one's records are wrong then.")
    private @Nullable String name;

    @Option(
            names = {"--witness", "--digests"},
            paramLabel = "DIR",
            description = "The second place that got the digests: each must be in the archive, too. May be repeated.")
    private final List<String> witnesses = new ArrayList<>();

    @Option(
            names = "--kept",
            paramLabel = "DAYS",
            converter = Days.Converter.class,
            description = "For how long records must have been kept at least, where they are removed, such as 365d."
                    + " Default: however long a signed statement says.")
    private @Nullable Days kept;

    @Mixin
    private final TopicOptions topic = new TopicOptions();

    AuditVerifyCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        range.check(spec());
        PublicKeys keys = publicKeys.keys();
        ArchiveFolder folder = archive.folder(workspace);
        List<Witness> all = new ArrayList<>();
        for (String witness : witnesses) {
            all.add(Witness.of(ArchiveFolders.of(workspace, "--witness", witness)));
        }
        topic.digests(workspace).ifPresent(all::add);
        VerifyOptions options = new VerifyOptions(name, range.from(), range.to(), all, kept == null ? 1 : kept.count());
        long started = System.nanoTime();
        Report report = Verifier.verify(folder, keys, options);
        long nanos = System.nanoTime() - started;
        TopicOutcome compared = topic.compare(workspace, archive, range, err());
        List<Finding> wrong = new ArrayList<>(report.findings());
        wrong.addAll(compared.findings());
        new VerifyReport(out()).print(report, compared, options, nanos, wrong);
        return wrong.isEmpty() ? 0 : 1;
    }
}
