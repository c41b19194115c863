package io.millrace.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The project's root, found from the module that a test runs in. */
public final class ProjectFolder {
    private ProjectFolder() {}

    public static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("millrace")))
                .filter(folder -> Files.isDirectory(folder.resolve("deploy/local/servers")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the tests do not run inside the project"));
    }
}
