package io.millrace.cli.audit;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.verify.Contents;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Which archive a command is about. */
final class ArchiveOption {
    @Option(
            names = "--archive",
            paramLabel = "DIR",
            required = true,
            description =
                    "The archive: the folder that holds audit/, digests/ and manifests/, or s3://BUCKET/PREFIX. For"
                            + " S3 the environment gives AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION,"
                            + " AWS_SESSION_TOKEN and AWS_ENDPOINT_URL.")
    @SuppressWarnings("NullAway.Init")
    private String archive;

    WritableFolder folder(Workspace workspace) {
        return ArchiveFolders.of(workspace, "--archive", archive);
    }

    /** What the archive says that it holds. */
    Contents contents(Workspace workspace) throws IOException {
        Contents contents = Contents.read(folder(workspace));
        if (contents.partitions().isEmpty()) {
            throw new CommandFailure("--archive " + archive + " holds no archive: it has neither digests/ nor"
                    + " manifests/ with a file in it");
        }
        return contents;
    }

    /** The keys that its records name. */
    ArchivedKeys keys(Workspace workspace) throws IOException {
        return new ArchivedKeys(folder(workspace), contents(workspace));
    }

    /** Any chain of the archive, which names it and its topic. */
    ChainId chain(Workspace workspace) throws IOException {
        return contents(workspace).anyChain().orElseThrow();
    }
}
