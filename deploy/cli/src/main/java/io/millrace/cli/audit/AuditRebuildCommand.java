package io.millrace.cli.audit;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import io.millrace.archive.write.Manifests;
import io.millrace.archive.write.RebuiltManifest;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Workspace;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace audit rebuild}. */
@Command(
        name = "rebuild",
        description = {
            "Makes manifests that were lost, or put back to an older state, from the digests and the files behind them.",
            "",
            "Without --yes it only says what it would write. A manifest that goes with its digests stays as it is. Each"
                    + " digest must be signed and follow the one before, and each record of a file that no digest seals must"
                    + " follow in the chain. No job may write into the archive meanwhile; start it without a savepoint"
                    + " afterwards."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace audit rebuild --archive archive --public-key public-keys.pem",
            "  millrace audit rebuild --archive archive --public-key public-keys.pem --yes"
        })
final class AuditRebuildCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final ArchiveOption archive = new ArchiveOption();

    @Mixin
    private final PublicKeyOption publicKeys = new PublicKeyOption();

    @Option(names = "--yes", description = "Write them.")
    private boolean yes;

    AuditRebuildCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        PublicKeys keys = publicKeys.keys();
        WritableFolder folder = archive.folder(workspace);
        int lost = 0;
        for (var partition : archive.contents(workspace).partitions().entrySet()) {
            ChainId chain = partition.getValue().chain();
            Manifests manifests = new Manifests(folder, chain.archive(), chain.topic());
            if (isLost(manifests, partition.getKey())) {
                rebuild(manifests, RebuiltManifest.of(folder, chain, keys));
                lost++;
            }
        }
        out().println(
                        lost == 0
                                ? "each manifest goes with its digests"
                                : lost + " manifest(s) " + (yes ? "written" : "would be written; --yes writes them"));
        return 0;
    }

    private static boolean isLost(Manifests manifests, int partition) throws IOException {
        try {
            manifests.readCurrent(partition);
            return !manifests.partitions().contains(partition);
        } catch (ManifestConflict e) {
            return true;
        }
    }

    private void rebuild(Manifests manifests, Manifest rebuilt) throws IOException {
        out().println(Manifest.name(rebuilt.chain().partition()) + ": sealed through "
                + (rebuilt.sealed() == null ? "no day" : rebuilt.sealed().day()) + ", "
                + rebuilt.files().size() + " file(s) behind, ends at offset "
                + rebuilt.head().lastOffset());
        if (yes) {
            manifests.write(rebuilt);
        }
    }
}
