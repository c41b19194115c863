package io.millrace.audit.folder;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.fs.local.LocalRecoverableWriter;

/**
 * A store on this machine that can be full, as an object store or its quota can be: it then takes no file, and completes
 * none that it has in parts. Flink finds it by its scheme.
 */
public final class SmallStore implements FileSystemFactory {

    /** What the file says that makes it full, if it is to have room when somebody looks whether it has. */
    public static final String UNTIL_PROBED = "until probed";

    private static final String SCHEME = "small";
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Returns the address of a folder of this machine in a store.
     *
     * @param full the file that is there while the store is full
     */
    public static String address(Path folder, Path full) {
        return SCHEME + "://" + HEX.formatHex(full.toString().getBytes(StandardCharsets.UTF_8))
                + folder.toAbsolutePath();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem create(URI address) {
        return new Store(Path.of(new String(HEX.parseHex(address.getAuthority()), StandardCharsets.UTF_8)));
    }

    private static final class Store extends LocalFileSystem {

        private final Path full;

        Store(Path full) {
            this.full = full;
        }

        @Override
        public LocalRecoverableWriter createRecoverableWriter() {
            return new Writer(this, full);
        }
    }

    private static final class Writer extends LocalRecoverableWriter {

        private final Path full;

        Writer(LocalFileSystem files, Path full) {
            super(files);
            this.full = full;
        }

        @Override
        public RecoverableFsDataOutputStream open(org.apache.flink.core.fs.Path file) throws IOException {
            if (file.getName().startsWith("_probe-")
                    && Files.exists(full)
                    && Files.readString(full).equals(UNTIL_PROBED)) {
                Files.delete(full);
            }
            requireRoom();
            return super.open(file);
        }

        @Override
        public RecoverableFsDataOutputStream.Committer recoverForCommit(RecoverableWriter.CommitRecoverable recoverable)
                throws IOException {
            requireRoom();
            return super.recoverForCommit(recoverable);
        }

        private void requireRoom() throws IOException {
            if (Files.exists(full)) {
                throw new IOException("no space left in the store");
            }
        }
    }
}
