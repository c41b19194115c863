package io.millrace.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that holds everything of one local run: {@code <server>/} the data of each, {@code log/} the log of each
 * process, {@code run/} one file for each running process, {@code ports.json} the ports of the last start.
 *
 * @param root absolute and normalized
 */
public record DataFolder(Path root) {

    /** Makes the path absolute; the folder need not exist. */
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** Returns the folder of the project's own local run: {@code .millrace} in the project's root. */
    public static DataFolder ofProject() {
        return new DataFolder(ProjectRoot.find().resolve(".millrace"));
    }

    /** Returns where a server keeps its data. */
    public Path of(Server server) {
        return root.resolve(server.label());
    }

    /** Returns where a process of a server writes its log. */
    public Path log(String process) {
        return root.resolve("log").resolve(process + ".log");
    }

    /** Returns where Flink writes savepoints. */
    public Path savepoints() {
        return of(Server.FLINK).resolve("savepoints");
    }

    /** Returns where Flink writes checkpoints. */
    public Path checkpoints() {
        return of(Server.FLINK).resolve("checkpoints");
    }

    /** Returns the folder with one file for each running process. */
    public Path run() {
        return root.resolve("run");
    }

    Path ports() {
        return root.resolve("ports.json");
    }

    /** Creates the folder with its {@code log} and {@code run}. */
    public void create() {
        try {
            Files.createDirectories(run());
            Files.createDirectories(root.resolve("log"));
        } catch (IOException e) {
            throw new LocalServerException(
                    "The data folder " + root + " cannot be created: " + e + "; make its parent writable", e);
        }
    }

    /**
     * Removes what the servers wrote, and the folder itself if nothing else is in it. Files that others put there stay.
     */
    public void delete() {
        for (Server server : Server.values()) {
            deleteTree(of(server));
        }
        for (String name : List.of("log", "run", "dead-letters", "audit", "ports.json")) {
            deleteTree(root.resolve(name));
        }
        try (Stream<Path> rest = Files.exists(root) ? Files.list(root) : Stream.empty()) {
            if (rest.findAny().isEmpty()) {
                Files.deleteIfExists(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a folder with all it holds; silent if it does not exist. */
    public static void deleteTree(Path tree) {
        if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new LocalServerException("The folder " + tree + " cannot be removed: " + e, e);
        }
    }
}
