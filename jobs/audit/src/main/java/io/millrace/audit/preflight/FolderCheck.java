package io.millrace.audit.preflight;

import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.write.Manifests;
import io.millrace.audit.folder.Folders;
import io.millrace.audit.folder.PendingFiles;
import io.millrace.common.config.Problems;
import java.io.IOException;
import java.util.UUID;

/** A folder can be written, and the archive in it is this one. */
public final class FolderCheck {

    private final Problems problems;

    public FolderCheck(Problems problems) {
        this.problems = problems;
    }

    /** Writes a file that readers skip, and removes it. */
    public void requireWritable(String path, String address) {
        try {
            WritableFolder folder = Folders.open(address);
            String probe = "_probe-" + UUID.randomUUID();
            folder.replace(probe, new byte[] {1});
            folder.remove(probe);
        } catch (IOException | RuntimeException e) {
            problems.add(
                    path,
                    "is not writable at " + address + ": " + why(e)
                            + "; make the folder or the bucket, and let the job write, read, list and delete in it");
        }
    }

    /** Reads the manifests of the topic's first partition, which say whose archive it is. */
    public void requireOwn(String path, String address, String archive, String topic) {
        try {
            PendingFiles.of(address);
            new Manifests(Folders.open(address), archive, topic).read(0);
        } catch (IOException | RuntimeException e) {
            problems.add(path, "cannot be used at " + address + ": " + why(e));
        }
    }

    private static String why(Exception e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getClass().getSimpleName() + ", " + e.getMessage();
    }
}
