package io.millrace.cli.job;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The jar that the build made of a job. */
final class JobJar {
    private JobJar() {}

    /** The jar of a job by its module's name, or a jar by its path. */
    static Path find(Workspace workspace, String job) throws IOException {
        if (job.endsWith(".jar")) {
            Path jar = Path.of(job).toAbsolutePath();
            if (!Files.isRegularFile(jar)) {
                throw new CommandFailure("the jar " + jar + " does not exist or is not a file");
            }
            return jar;
        }
        List<String> names = names(workspace);
        if (!names.contains(job)) {
            throw new CommandFailure("there is no job `" + job + "`; the jobs are " + String.join(", ", names));
        }
        List<Path> jars = new ArrayList<>();
        Path target = workspace.root().resolve("jobs").resolve(job).resolve("target");
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "millrace-" + job + "-*.jar")) {
                found.forEach(jars::add);
            }
        }
        jars.removeIf(jar -> jar.getFileName().toString().matches(".*-(sources|javadoc|tests)\\.jar"));
        if (jars.size() != 1) {
            throw new CommandFailure("the folder " + target + " holds " + jars.size()
                    + " jars of the job; build it again with `mvn -B package -DskipTests -pl jobs/" + job + " -am`");
        }
        return jars.get(0);
    }

    private static List<String> names(Workspace workspace) throws IOException {
        try (Stream<Path> modules = Files.list(workspace.root().resolve("jobs"))) {
            return modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .map(module -> module.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
