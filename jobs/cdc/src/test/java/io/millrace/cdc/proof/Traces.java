package io.millrace.cdc.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalServers;
import io.millrace.testing.FlinkRest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

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

    /** Flink removes the checkpoints of a job that has ended when it gets to it, also while somebody looks. */
    private static List<String> holding(Path tree, String text) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(tree, new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (new String(bytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file.toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return found;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
