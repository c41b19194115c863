package io.millrace.cdc.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalServers;
import io.millrace.testing.FlinkRest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a job leaves what others can read: Flink's web page, every server's log, checkpoints and savepoints.
 *
 * @param servers the run whose cluster had the job
 */
record Traces(LocalServers servers) {

    private static final List<String> PAGES = List.of(
            "", "/config", "/plan", "/exceptions", "/checkpoints", "/checkpoints/config", "/accumulators", "/metrics");

    /** Returns what Flink's web page shows of a job. */
    String pages(String job) {
        FlinkRest flink = FlinkRest.of(servers);
        StringBuilder shown = new StringBuilder();
        for (String page : PAGES) {
            shown.append(flink.get("/jobs/" + job + page)).append('\n');
        }
        for (JsonNode vertex : flink.get("/jobs/" + job).path("vertices")) {
            shown.append(flink.get(
                            "/jobs/" + job + "/vertices/" + vertex.path("id").asText()))
                    .append('\n');
        }
        return shown.toString();
    }

    /** Returns the logs that hold a text. */
    List<String> logs(String text) throws IOException {
        return holding(servers.data().log("kafka").getParent(), text);
    }

    /** Returns the files of checkpoints and savepoints that hold a text. */
    List<String> states(String text) throws IOException {
        List<String> found = new ArrayList<>(holding(servers.data().checkpoints(), text));
        found.addAll(holding(servers.data().savepoints(), text));
        return found;
    }

    private static List<String> holding(Path tree, String text) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> new String(bytes(file), StandardCharsets.ISO_8859_1).contains(text))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
