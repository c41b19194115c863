package io.millrace.local.server;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.DataFolder;
import io.millrace.local.LocalServerException;
import io.millrace.local.Server;
import io.millrace.local.process.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the Flink of a data folder is told besides, in the words of {@code config.yaml}. It is a file there, so that whoever
 * starts one of its processes again, or its client, tells it too.
 */
public final class FlinkSettings {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JavaType TEXTS =
            JSON.getTypeFactory().constructMapType(TreeMap.class, String.class, String.class);

    private FlinkSettings() {}

    /** Returns them; none if nobody has written any since the data was removed. */
    static Map<String, String> read(DataFolder data) {
        Path file = file(data);
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return JSON.readValue(file.toFile(), TEXTS);
        } catch (IOException e) {
            throw new LocalServerException("The file " + file + " cannot be read: " + e + "; remove it", e);
        }
    }

    /** Writes them, in the place of any that were; they hold for each process that starts from then on. */
    public static void write(DataFolder data, Map<String, String> settings) {
        Path file = file(data);
        try {
            Files.createDirectories(data.of(Server.FLINK));
            RunFiles.writeAtomically(file, JSON.writeValueAsString(new TreeMap<>(settings)));
        } catch (IOException e) {
            throw new LocalServerException("The file " + file + " cannot be written: " + e, e);
        }
    }

    private static Path file(DataFolder data) {
        return data.of(Server.FLINK).resolve("settings.json");
    }
}
