package io.millrace.audit.folder;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.NewFile;
import io.millrace.archive.file.WritableFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * An archive in an object store. A file is written as an upload in parts, which the store completes in one step: readers
 * see the file as it was, or all of the new one.
 */
final class FlinkFolder implements WritableFolder {

    /** What Hadoop's S3 client throws; its class is the plugin's own. */
    private static final String REPLACED = "RemoteFileChangedException";

    private static final int MOST_READS = 10;

    private final FileSystem files;
    private final Path root;

    private FlinkFolder(FileSystem files, Path root) {
        this.files = files;
        this.root = root;
    }

    static FlinkFolder of(String address) throws IOException {
        // relative names are resolved below it
        Path root = new Path(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
        return new FlinkFolder(root.getFileSystem(), root);
    }

    @Override
    public List<String> list(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        list(folder, names);
        names.sort(null);
        return names;
    }

    private void list(String folder, List<String> names) throws IOException {
        for (FileStatus status : children(folder)) {
            String name = folder + "/" + status.getPath().getName();
            if (status.isDir()) {
                list(name, names);
            } else {
                names.add(name);
            }
        }
    }

    private FileStatus[] children(String folder) throws IOException {
        try {
            FileStatus[] found = files.listStatus(path(folder));
            return found == null ? new FileStatus[0] : found;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    @Override
    public boolean has(String name) throws IOException {
        return files.exists(path(name));
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        try {
            Path path = path(name);
            return new StoredFile(files.open(path), files.getFileStatus(path).getLen());
        } catch (FileNotFoundException e) {
            NoSuchFileException missing = new NoSuchFileException(name);
            missing.initCause(e);
            throw missing;
        }
    }

    /** A manifest that is replaced between its opening and its reading is read anew: the client refuses to mix the two. */
    @Override
    public byte[] read(String name, int largest) throws IOException {
        for (int read = 1; ; read++) {
            try {
                return WritableFolder.super.read(name, largest);
            } catch (IOException e) {
                if (read == MOST_READS || !e.getClass().getSimpleName().equals(REPLACED)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public NewFile create(String name) throws IOException {
        return new UploadedFile(files.createRecoverableWriter().open(path(name)));
    }

    @Override
    public void remove(String name) throws IOException {
        files.delete(path(name), false);
    }

    private Path path(String name) {
        return new Path(root, name);
    }
}
