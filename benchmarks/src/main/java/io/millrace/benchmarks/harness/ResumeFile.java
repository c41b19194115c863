package io.millrace.benchmarks.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done already of a run that takes hours: the findings of each finished case. Of other settings, or of before
 * the machine's last start, nothing is taken over.
 */
public final class ResumeFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param settings everything that a figure depends on */
    private record Content(String settings, Map<String, List<Finding>> cases) {}

    private final Path file;
    private final String settings;
    private final Map<String, List<Finding>> cases = new LinkedHashMap<>();

    private ResumeFile(Path file, String settings) {
        this.file = file;
        this.settings = settings;
    }

    /**
     * Opens the file, which need not exist.
     *
     * @param settings everything that a figure depends on
     */
    public static ResumeFile open(Path file, String settings) throws IOException {
        ResumeFile resume = new ResumeFile(file, settings);
        if (Files.exists(file)) {
            Content content = JSON.readValue(Files.readString(file), Content.class);
            if (content.settings().equals(settings)) {
                resume.cases.putAll(content.cases());
            }
        }
        return resume;
    }

    /** Returns the findings of a case that is done. */
    public Optional<List<Finding>> done(String name) {
        return Optional.ofNullable(cases.get(name));
    }

    /** Notes that a case is done. */
    public void finish(String name, List<Finding> findings) throws IOException {
        cases.put(name, findings);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, JSON.writeValueAsString(new Content(settings, cases)));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forgets everything: the report is written. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
