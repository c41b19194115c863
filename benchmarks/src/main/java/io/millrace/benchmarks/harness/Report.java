package io.millrace.benchmarks.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The report as JSON: a list of findings. */
public final class Report {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Report() {}

    /** Writes findings to a file. */
    public static void write(Path file, List<Finding> findings) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, JSON.writeValueAsString(findings) + "\n");
    }

    /** Reads what {@link #write} wrote. */
    public static List<Finding> read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), new TypeReference<List<Finding>>() {});
    }
}
