package io.millrace.cli.audit;

import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SigningKey;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that hold keys. */
final class KeyFiles {

    private static final Set<PosixFilePermission> OWNER_ALONE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFiles() {}

    static PublicKeys publicKeys(Path file) throws IOException {
        try {
            return new PublicKeys(read("--public-key", file));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--public-key " + file + ": " + e.getMessage(), e);
        }
    }

    static SigningKey signingKey(Path file, PublicKeys keys) throws IOException {
        try {
            return SigningKey.of(read("--private-key", file), keys);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--private-key " + file + ": " + e.getMessage(), e);
        }
    }

    static String read(String option, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(option + " " + file + " does not exist, or is not a file");
        }
        return Files.readString(file);
    }

    /** Writes a secret into a file that nobody but its owner reads from the first moment on, and that was not there. */
    static void writeSecret(String option, Path file, String secret) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerAlone(file))) {
            channel.write(StandardCharsets.US_ASCII.encode(secret));
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    option + " " + file + " exists already, and a key is never written over; name a new file", e);
        }
    }

    private static FileAttribute<?>[] ownerAlone(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                : new FileAttribute<?>[0];
    }

    /** Warns of a secret that others of this machine can read. */
    static void warnOfReaders(Path file, PrintWriter err) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
            err.println("warning: others can read " + file + " ("
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + "); chmod 600 it");
        }
    }
}
