package io.millrace.common.sink.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;

/**
 * Files named by the SHA-256 of their content, so that storing the same payload again, after a restart or from another
 * subtask, changes nothing. A file appears whole or not at all.
 */
final class OverflowFolder {

    private static final JsonFactory JSON = new JsonFactory();

    private final Path folder;
    private final FileSystem files;
    private final RecoverableWriter writer;

    private OverflowFolder(Path folder, FileSystem files, RecoverableWriter writer) {
        this.folder = folder;
        this.files = files;
        this.writer = writer;
    }

    static OverflowFolder open(String address) throws IOException {
        try {
            Path folder = new Path(address);
            FileSystem files = folder.getFileSystem();
            Path absolute = folder.makeQualified(files);
            files.mkdirs(absolute);
            return new OverflowFolder(absolute, files, files.createRecoverableWriter());
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "dead-letters.overflow-folder is " + address + ", which cannot be written to; name a folder on a"
                            + " file system that Flink can write to atomically, such as file: or s3:",
                    e);
        }
    }

    /** Stores the payload and returns what stands in its place: {@code {"address":…,"sha256":…,"size":…}}. */
    byte[] store(byte[] payload) throws IOException {
        String sha256 = HexFormat.of().formatHex(digest(payload));
        Path file = new Path(folder, sha256);
        if (!isStored(file, payload.length)) {
            write(file, payload);
        }
        ByteArrayOutputStream reference = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(reference)) {
            json.writeStartObject();
            json.writeStringField("address", file.toString());
            json.writeStringField("sha256", sha256);
            json.writeNumberField("size", payload.length);
            json.writeEndObject();
        }
        return reference.toByteArray();
    }

    private boolean isStored(Path file, long size) throws IOException {
        return files.exists(file) && files.getFileStatus(file).getLen() == size;
    }

    private void write(Path file, byte[] payload) throws IOException {
        try (RecoverableFsDataOutputStream out = writer.open(file)) {
            out.write(payload);
            out.sync();
            out.closeForCommit().commit();
        }
    }

    private static byte[] digest(byte[] payload) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(payload);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java runtime has SHA-256", e);
        }
    }
}
