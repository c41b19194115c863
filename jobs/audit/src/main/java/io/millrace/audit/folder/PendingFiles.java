package io.millrace.audit.folder;

import io.millrace.archive.digest.SealedFile;
import java.io.IOException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.IOUtils;

/**
 * Files that are written whole, and become visible later, maybe by another process: on a local disk by a rename, in an
 * object store by completing an upload.
 */
public final class PendingFiles {

    private final Path root;
    private final FileSystem files;
    private final RecoverableWriter writer;

    private PendingFiles(Path root, FileSystem files, RecoverableWriter writer) {
        this.root = root;
        this.files = files;
        this.writer = writer;
    }

    /**
     * Opens them for an archive.
     *
     * @throws IOException if the address has no file system, or none that can do this
     */
    public static PendingFiles of(String address) throws IOException {
        Path root = new Path(address);
        FileSystem files = root.getFileSystem();
        try {
            return new PendingFiles(root, files, files.createRecoverableWriter());
        } catch (UnsupportedOperationException e) {
            throw new IOException(
                    "the file system of " + address + " cannot finish a file later; use flink-s3-fs-hadoop for S3", e);
        }
    }

    /** What writes a file's bytes. */
    @FunctionalInterface
    public interface Content {

        /** Writes them; the stream stays open. */
        void writeTo(RecoverableFsDataOutputStream out) throws IOException;
    }

    /** Writes a file that nobody sees yet. */
    public PendingUpload write(String name, Content content) throws IOException {
        RecoverableFsDataOutputStream out = writer.open(new Path(root, name));
        try {
            content.writeTo(out);
            if (!files.isDistributedFS()) {
                // what is published later must be on the disk when the checkpoint counts on it
                out.sync();
            }
            CommitRecoverable recoverable = out.closeForCommit().getRecoverable();
            SimpleVersionedSerializer<CommitRecoverable> form = writer.getCommitRecoverableSerializer();
            return new PendingUpload(form.getVersion(), form.serialize(recoverable));
        } catch (IOException e) {
            // closed for its commit, it is not to be closed again
            IOUtils.closeQuietly(out);
            throw e;
        }
    }

    /**
     * Makes a file visible; if that was done before, nothing happens.
     *
     * @throws PendingFileGone if the file that was written is gone, or does not become what was written; a store that
     *     takes nothing for a while looks the same
     * @throws IOException if it cannot be done
     */
    public void publish(SealedFile file, PendingUpload upload) throws IOException {
        CommitRecoverable recoverable =
                writer.getCommitRecoverableSerializer().deserialize(upload.version(), upload.bytes());
        IOException refused = null;
        try {
            writer.recoverForCommit(recoverable).commitAfterRecovery();
        } catch (IOException e) {
            // a store that is away does not answer what comes now either
            refused = e;
        }
        Path path = new Path(root, file.name());
        long size = files.exists(path) ? files.getFileStatus(path).getLen() : -1;
        if (size != file.size()) {
            throw new PendingFileGone(gone(file, size) + (refused == null ? "" : ": " + refused.getMessage()), refused);
        }
    }

    private static String gone(SealedFile file, long size) {
        return "the pending file of " + file.name() + " is "
                + (size < 0 ? "gone" : "of " + size + " bytes instead of " + file.size())
                + ", and a checkpoint counts on it; nothing of it is in the archive. If the archive's folder is not mounted"
                + " where this runs, mount it, and start the job from this checkpoint. Otherwise start it without a"
                + " savepoint: it goes on where the archive ends, and reads these records from Kafka again; docs/audit.md,"
                + " \"When a pending file is gone\", says more";
    }
}
