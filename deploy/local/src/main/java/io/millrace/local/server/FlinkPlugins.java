package io.millrace.local.server;

import io.millrace.local.ProjectRoot;
import io.millrace.local.Server;
import java.nio.file.Path;
import java.util.Map;

/** What Flink loads apart from jobs: its file system for stores that speak S3. */
public final class FlinkPlugins {

    /** Where Flink's scripts, too, are told to look. */
    private static final String VARIABLE = "FLINK_PLUGINS_DIR";

    private FlinkPlugins() {}

    /** Returns the folder that the build copies them to, one folder for each. */
    public static Path folder() {
        return ProjectRoot.serverModule(Server.FLINK).resolve("target").resolve("plugins");
    }

    /** Returns what tells a process of Flink where they are; nothing if the environment does. */
    static Map<String, String> environment() {
        return System.getenv(VARIABLE) == null ? Map.of(VARIABLE, folder().toString()) : Map.of();
    }

    /**
     * Returns where the object store is, as the environment tells Amazon's own tools; nothing if it is Amazon's. Its keys are
     * read from the environment by the plugin itself.
     */
    static Map<String, Object> objectStore(Map<String, String> environment) {
        String endpoint = environment.get("AWS_ENDPOINT_URL");
        return endpoint == null || endpoint.isBlank()
                ? Map.of()
                : Map.of("s3.endpoint", endpoint, "s3.path.style.access", true);
    }
}
