package io.millrace.cli.audit;

import io.millrace.archive.bytes.Hash;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.TextTable;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace audit keys list}. */
@Command(
        name = "list",
        description =
                "Lists the public keys of a file by their ids, as digests name them, the one that signs now last.",
        footerHeading = "%nExamples:%n",
        footer = "  millrace audit keys list --public-key public-keys.pem")
final class AuditKeysListCommand extends MillraceCommand {
    @Mixin
    private final PublicKeyOption publicKeys = new PublicKeyOption();

    @Override
    public Integer call() throws IOException {
        TextTable table = new TextTable("NUMBER", "KEY", "USE");
        List<Hash> ids = publicKeys.keys().ids();
        for (int i = 0; i < ids.size(); i++) {
            table.row(String.valueOf(i + 1), ids.get(i).toString(), i == ids.size() - 1 ? "signs" : "verifies");
        }
        table.print(out());
        return 0;
    }
}
