package io.millrace.cli.audit;

import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.file.WritableFolder;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import io.millrace.cli.objectstore.S3Folder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of archives, as people name them. */
final class ArchiveFolders {

    private ArchiveFolders() {}

    /** Returns the folder that a path, a {@code file:} URI or an {@code s3:} URI names. */
    static WritableFolder of(Workspace workspace, String option, String named) {
        if (S3Folder.isAddress(named)) {
            return S3Folder.of(workspace, named);
        }
        Path path = named.startsWith("file:") ? Path.of(URI.create(named)) : path(option, named);
        if (!Files.isDirectory(path)) {
            throw new CommandFailure(option + " " + named + " does not exist, or is not a folder");
        }
        return new LocalFolder(path);
    }

    private static Path path(String option, String named) {
        if (named.matches("[a-z][a-z0-9+.-]+://.*")) {
            throw new CommandFailure(
                    option + " is " + named + "; this command reads folders and s3://BUCKET/PREFIX: copy"
                            + " audit/, digests/, expired/ and manifests/ from there, and name the copy");
        }
        return Path.of(named);
    }
}
