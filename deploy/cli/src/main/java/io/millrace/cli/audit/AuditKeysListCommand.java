package io.millrace.cli.audit;

import io.millrace.archive.bytes.Hash;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace audit keys list}. */
@Command(
        name = "list",
        description =
                "Lists the public keys of a file by their ids, as digests name them, the one that signs now last.",
        footerHeading = "%nExamples:%n",
        footer = "  millrace audit keys list --public-key public-keys.pem")
final class AuditKeysListCommand extends MillraceCommand {
    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            required = true,
            description = "The public keys, in PEM blocks.")
    @SuppressWarnings("NullAway.Init")
    private Path publicKeys;

    @Override
    public Integer call() throws IOException {
        TextTable table = new TextTable("NUMBER", "KEY", "USE");
        List<Hash> ids = KeyFiles.publicKeys(publicKeys).ids();
        for (int i = 0; i < ids.size(); i++) {
            table.row(String.valueOf(i + 1), ids.get(i).toString(), i == ids.size() - 1 ? "signs" : "verifies");
        }
        table.print(out());
        return 0;
    }
}
