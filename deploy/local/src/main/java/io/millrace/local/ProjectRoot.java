package io.millrace.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the root of the Millrace project, where the server class paths are built. */
public final class ProjectRoot {

    private static final Path SERVERS = Path.of("deploy", "local", "servers");

    private ProjectRoot() {}

    /**
     * Returns the system property {@code millrace.home}, else the environment's {@code MILLRACE_HOME}, else the nearest
     * folder, from the working directory up, that holds the project.
     *
     * @throws LocalServerException if there is none
     */
    public static Path find() {
        Path given = firstGiven(System.getProperty("millrace.home"), System.getenv("MILLRACE_HOME"));
        if (given != null) {
            if (!isRoot(given)) {
                throw new LocalServerException("MILLRACE_HOME is " + given + ", which holds no pom.xml and no "
                        + SERVERS + "; set it to the root of the Millrace project");
            }
            return given;
        }
        Path here = Path.of("").toAbsolutePath();
        return Stream.<Path>iterate(here, path -> path != null, Path::getParent)
                .filter(ProjectRoot::isRoot)
                .findFirst()
                .orElseThrow(() -> new LocalServerException("Neither " + here + " nor a folder above it is the Millrace"
                        + " project; change into it, or set MILLRACE_HOME to its root"));
    }

    /** Returns the folder of a server's class path module. */
    public static Path serverModule(Server server) {
        return find().resolve(SERVERS).resolve(server.label());
    }

    private static @Nullable Path firstGiven(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return Path.of(value).toAbsolutePath().normalize();
            }
        }
        return null;
    }

    private static boolean isRoot(Path path) {
        return Files.exists(path.resolve("pom.xml")) && Files.isDirectory(path.resolve(SERVERS));
    }
}
