package io.millrace.cli;

import io.millrace.cli.server.RunningServers;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The project's folder on this machine and the environment the command runs in.
 *
 * @param root the folder that holds the {@code millrace} script
 * @param environment the environment's variables, from which secrets are read
 */
public record Workspace(Path root, Map<String, String> environment) {

    /** The workspace that the {@code millrace} script names in {@code MILLRACE_HOME}. */
    public static Workspace ofEnvironment(Map<String, String> environment) {
        String home = environment.getOrDefault("MILLRACE_HOME", "");
        Path root = Path.of(home.isEmpty() ? "." : home).toAbsolutePath().normalize();
        return new Workspace(root, Map.copyOf(environment));
    }

    /** The folder that holds one data folder for each run of the servers: {@code local}, {@code demo}. */
    public Path runs() {
        return root.resolve(".millrace");
    }

    /** The servers that run on this machine. */
    public LocalAddresses local() {
        return new RunningServers(runs());
    }

    /** The list of all topics. */
    public Path topicsFile() {
        return root.resolve("deploy").resolve("topics.yaml");
    }

    /** The numbered migrations of a server, {@code postgres} or {@code clickhouse}. */
    public Path migrations(String server) {
        return root.resolve("sql").resolve(server);
    }

    /** The script by which jobs write to Redis. */
    public Path redisScript() {
        return root.resolve("common/core/src/main/resources/io/millrace/common/sink/redis/versioned-write.lua");
    }

    /** A variable of the environment, or null. */
    public @Nullable String variable(String name) {
        return environment.get(name);
    }
}
