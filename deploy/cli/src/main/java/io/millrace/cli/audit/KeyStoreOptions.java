package io.millrace.cli.audit;

import io.millrace.archive.crypt.LegalHolds;
import io.millrace.archive.crypt.MasterKey;
import io.millrace.archive.crypt.MasterKeys;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which key store a command uses, and by which master key. */
final class KeyStoreOptions {
    /** The variable that gives the master key where no file does. */
    static final String VARIABLE = "MILLRACE_AUDIT_MASTER_KEY";

    @Mixin
    private final KeyDatabase database = new KeyDatabase();

    @Option(
            names = "--master-key-file",
            paramLabel = "FILE",
            description = "The master key, 64 hexadecimal digits; after a change of it, repeat the option for each"
                    + " older one. Default: what " + VARIABLE + " holds.")
    private final List<Path> files = new ArrayList<>();

    /** Whether a master key was named at all. */
    boolean isGiven(Workspace workspace) {
        return !files.isEmpty() || workspace.variable(VARIABLE) != null;
    }

    /** Opens a store that is there; a mistyped address makes none. */
    PostgresKeyStore open(Workspace workspace, PrintWriter err) throws IOException {
        return PostgresKeyStore.openExisting(database.connections(workspace), masters(workspace, err));
    }

    LegalHolds holds(Workspace workspace) {
        return database.holds(workspace);
    }

    String user(Workspace workspace) {
        return database.user(workspace);
    }

    private List<MasterKey> masters(Workspace workspace, PrintWriter err) throws IOException {
        List<MasterKey> masters = new ArrayList<>();
        for (Path file : files) {
            masters.add(master("--master-key-file " + file, KeyFiles.read("--master-key-file", file)));
            KeyFiles.warnOfReaders(file, err);
        }
        String variable = workspace.variable(VARIABLE);
        if (masters.isEmpty() && variable != null) {
            masters.add(master(VARIABLE, variable));
        }
        if (masters.isEmpty()) {
            throw new CommandFailure(
                    "there is no master key, by which the keys of persons are wrapped; name its file with"
                            + " --master-key-file, or give it as " + VARIABLE);
        }
        return masters;
    }

    private static MasterKey master(String from, String text) {
        try {
            return MasterKeys.of(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(from + ": " + e.getMessage(), e);
        }
    }
}
