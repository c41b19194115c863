package io.millrace.audit.folder;

import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.file.WritableFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Opens archives by their address. */
public final class Folders {

    /** These move files to their names, and do not replace one by another in one step. */
    private static final Set<String> UNFIT = Set.of("hdfs", "viewfs", "webhdfs");

    private Folders() {}

    /**
     * Opens one; nothing is asked of it yet.
     *
     * @throws IOException if no file system of this Flink serves the address
     */
    public static WritableFolder open(String address) throws IOException {
        URI uri = URI.create(address);
        try {
            return isLocal(address) ? new LocalFolder(Path.of(uri)) : FlinkFolder.of(address);
        } catch (UnsupportedFileSystemSchemeException e) {
            throw new IOException(
                    "Flink has no file system for " + uri.getScheme() + "; put its plugin, as flink-s3-fs-hadoop,"
                            + " into plugins/ of every machine and of where the job is submitted",
                    e);
        }
    }

    /**
     * Writes a small file that readers skip, which shows that others can be written; the caller removes it.
     *
     * @return its name
     */
    public static String probe(WritableFolder folder) throws IOException {
        String probe = "_probe-" + UUID.randomUUID();
        folder.replace(probe, new byte[] {1});
        return probe;
    }

    /** Says whether an address is one on this machine, or mounted into it. */
    public static boolean isLocal(String address) {
        return "file".equals(URI.create(address).getScheme());
    }

    /** Says whether an address can be that of an archive, as far as the address tells. */
    public static boolean isAddress(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getScheme() != null
                    && !UNFIT.contains(uri.getScheme())
                    && uri.getPath() != null
                    && uri.getPath().startsWith("/");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
