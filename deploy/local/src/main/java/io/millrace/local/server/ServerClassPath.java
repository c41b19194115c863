package io.millrace.local.server;

import io.millrace.local.LocalServerException;
import io.millrace.local.ProjectRoot;
import io.millrace.local.Server;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The class paths of the Java servers, which the build writes to {@code deploy/local/servers/<server>/target}. */
public final class ServerClassPath {

    private static final Set<Server> IN_JAVA =
            Set.of(Server.KAFKA, Server.ELASTICSEARCH, Server.CLICKHOUSE, Server.FLINK);

    private ServerClassPath() {}

    /**
     * Returns the Maven modules that have to be built before the servers can start.
     *
     * @return paths relative to the project's root, for {@code mvn -pl}; empty if all are built
     */
    public static List<String> missing(Collection<Server> servers) {
        return servers.stream()
                .filter(IN_JAVA::contains)
                .filter(server -> !built(server))
                .sorted()
                .map(ServerClassPath::module)
                .toList();
    }

    /**
     * Returns the class path of a server.
     *
     * @throws LocalServerException if it is not built
     */
    public static String of(Server server) {
        if (!built(server)) {
            throw new LocalServerException("The class path of the local " + server.label() + " is not built; run"
                    + " `mvn -B -q -pl " + module(server) + " process-classes` in " + ProjectRoot.find());
        }
        Path classes = target(server).resolve("classes");
        String jars = String.join(File.pathSeparator, jars(server));
        return Files.isDirectory(classes) ? classes + File.pathSeparator + jars : jars;
    }

    private static boolean built(Server server) {
        return Files.exists(target(server).resolve("classpath"))
                && (!hasSources(server) || Files.isDirectory(target(server).resolve("classes")))
                && jars(server).stream().allMatch(jar -> Files.exists(Path.of(jar)));
    }

    private static boolean hasSources(Server server) {
        return Files.isDirectory(ProjectRoot.serverModule(server).resolve("src/main/java"));
    }

    private static List<String> jars(Server server) {
        try {
            String text = Files.readString(target(server).resolve("classpath")).trim();
            return Pattern.compile(Pattern.quote(File.pathSeparator))
                    .splitAsStream(text)
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new LocalServerException(
                    "The class path of the local " + server.label() + " cannot be read: " + e, e);
        }
    }

    private static Path target(Server server) {
        return ProjectRoot.serverModule(server).resolve("target");
    }

    private static String module(Server server) {
        return "deploy/local/servers/" + server.label();
    }
}
