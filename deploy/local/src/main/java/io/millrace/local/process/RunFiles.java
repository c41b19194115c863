package io.millrace.local.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The files {@code run/<process>.json}: which process runs under which pid. */
public final class RunFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataFolder data;

    /** Makes one for a data folder. */
    public RunFiles(DataFolder data) {
        this.data = data;
    }

    /**
     * What a run file says.
     *
     * @param identity the process
     * @param since when it was started
     */
    public record Entry(ProcessIdentity identity, Instant since) {}

    /** Writes down a process that was started just now. */
    public void write(String process, ProcessIdentity identity, Map<String, Integer> ports) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", process);
        json.put("pid", identity.pid());
        json.put("mark", identity.mark());
        json.put("since", Instant.now().toString());
        ports.forEach(json.putObject("ports")::put);
        writeAtomically(file(process), json.toPrettyString());
    }

    /** Returns what is written of a process whether or not it still runs; empty if nothing is, or nothing readable. */
    public Optional<Entry> read(String process) {
        Path file = file(process);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var json = JSON.readTree(file.toFile());
            var identity = new ProcessIdentity(
                    json.path("pid").asLong(), json.path("mark").asText());
            return Optional.of(
                    new Entry(identity, Instant.parse(json.path("since").asText())));
        } catch (IOException | java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Returns what is written of a process if it still runs. */
    public Optional<Entry> readRunning(String process) {
        return read(process).filter(entry -> entry.identity().alive());
    }

    /** Forgets a process. */
    public void remove(String process) {
        try {
            Files.deleteIfExists(file(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String process) {
        return data.run().resolve(process + ".json");
    }

    /** Writes a file so that a reader sees the old or the new text, never a part. */
    public static void writeAtomically(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text + "\n", StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
