package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is submitted: the job with its connectors, and nothing that belongs to the cluster. */
class JobJarIT {

    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            Path file = files.filter(
                            path -> path.getFileName().toString().matches("millrace-analytics-[^-]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("target holds no job jar; it is built in the phase package"));
            jar = new JarFile(file.toFile());
        }
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void startsTheJob() throws IOException {
        assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                .isEqualTo(AnalyticsJob.class.getName());
    }

    @Test
    void holdsItsLibrariesAndTheConnectors() {
        assertThat(classes())
                .contains(
                        "org/apache/datasketches/hll/HllSketch.class",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "io/millrace/shaded/jackson/core/JsonFactory.class");
    }

    @Test
    void holdsNothingThatTheClusterHas() {
        assertThat(classes())
                .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/streaming/api/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/api/"))
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.startsWith("com/fasterxml/jackson/"))
                .noneMatch(name -> name.startsWith("org/junit/"));
    }

    private static Stream<String> classes() {
        return jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class"));
    }
}
