package io.millrace.cli.audit;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an archive of this machine is, and all that belongs to it.
 *
 * @param folder of the keys and the witness, and of the archive itself unless it is in a store
 * @param bucket the archive's address in a store, {@code s3://BUCKET/PREFIX}; null if it is in the folder
 * @param store the environment by which the store is found
 */
public record ArchivePlace(Path folder, @Nullable String bucket, Map<String, String> store) {

    /** Copies the environment. */
    public ArchivePlace {
        store = Map.copyOf(store);
    }

    /** Returns that of an archive which is in the folder of all that belongs to it. */
    public static ArchivePlace in(Path folder) {
        return new ArchivePlace(folder, null, Map.of());
    }

    /** Returns the same with the archive in a store. */
    public ArchivePlace inStore(String address, Map<String, String> environment) {
        return new ArchivePlace(folder, address, environment);
    }

    /** Returns the folder of the archive itself; empty if it is in a store. */
    Path files() {
        return folder.resolve("archive");
    }

    /** Returns the address as a job is told. */
    String address() {
        return bucket == null ? files().toUri().toString() : bucket;
    }

    /** Returns the address as commands are told. */
    String named() {
        return bucket == null ? files().toString() : bucket;
    }
}
