package io.millrace.cli.audit;

import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.cli.MillraceCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace audit keys master}. */
@Command(
        name = "master",
        description = {
            "Makes a master key, by which the key of each person is wrapped.",
            "",
            "It goes to a new file that its owner alone may read. Without it nobody reads what is personal in the"
                    + " archive, you neither: keep a copy in a safe place, apart from the database's backups."
        },
        footerHeading = "%nExamples:%n",
        footer = "  millrace audit keys master --master-key-file master.key")
final class AuditKeysMasterCommand extends MillraceCommand {
    private static final int LENGTH = 32;

    @Option(
            names = "--master-key-file",
            paramLabel = "FILE",
            required = true,
            description = "Where the key goes; there must be no such file.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Override
    public Integer call() throws IOException {
        byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        String text = HexFormat.of().formatHex(key);
        KeyFiles.writeSecret("--master-key-file", file, text + "\n");
        out().println("master key " + LocalMasterKey.of(text).id() + " is in " + file);
        return 0;
    }
}
