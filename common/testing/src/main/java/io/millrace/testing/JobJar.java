package io.millrace.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The jar of a job as it is submitted, built by the module whose tests run. */
public final class JobJar implements AutoCloseable {

    private static final Path TARGET = Path.of("target");
    private static final Path CLASSES = TARGET.resolve("classes");

    /** What the cluster has itself, and what belongs to tests. */
    private static final List<String> FOREIGN = List.of(
            "org/apache/flink/runtime/",
            "org/apache/flink/streaming/api/",
            "org/apache/flink/api/",
            "org/slf4j/",
            "com/fasterxml/jackson/",
            "org/junit/");

    private final JarFile jar;

    private JobJar(JarFile jar) {
        this.jar = jar;
    }

    /**
     * Opens the jar.
     *
     * @throws IllegalStateException if the module holds none: it is built in the phase package
     */
    public static JobJar open() throws IOException {
        return new JobJar(
                new JarFile(find("millrace-[a-z]+-[^-]+(-SNAPSHOT)?\\.jar").toFile()));
    }

    private static Path find(String name) throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            List<Path> found = files.filter(
                            path -> path.getFileName().toString().matches(name))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException(TARGET.toAbsolutePath() + " should hold one " + name + ", and holds "
                        + found + "; run the phases clean and package");
            }
            return found.get(0);
        }
    }

    /** Returns the names of the classes, those for one Java version under their plain names. */
    public Stream<String> classes() {
        return classes(jar).map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""));
    }

    /** Returns the classes that no job may bring: the cluster has them itself, or they belong to tests. */
    public List<String> foreign() {
        return classes()
                .filter(name -> FOREIGN.stream().anyMatch(name::startsWith))
                .toList();
    }

    /** Returns the names of all entries. */
    public Stream<String> names() {
        return jar.stream().map(ZipEntry::getName);
    }

    public String mainClass() throws IOException {
        return jar.getManifest().getMainAttributes().getValue("Main-Class");
    }

    /**
     * Returns the content of an entry.
     *
     * @throws IllegalArgumentException if there is no such entry
     */
    public byte[] bytes(String entry) throws IOException {
        ZipEntry found = jar.getEntry(entry);
        if (found == null) {
            throw new IllegalArgumentException(jar.getName() + " has no " + entry);
        }
        try (InputStream in = jar.getInputStream(found)) {
            return in.readAllBytes();
        }
    }

    public String text(String entry) throws IOException {
        return new String(bytes(entry), StandardCharsets.UTF_8);
    }

    /**
     * Returns classes that the jar took from an earlier jar instead of from this build: those that were in it before
     * the libraries were put in, and are none of the module's own. They would win over newer ones.
     */
    public List<String> leftovers() throws IOException {
        try (JarFile own = new JarFile(find("original-millrace-.*\\.jar").toFile())) {
            return classes(own)
                    .filter(name -> !Files.exists(CLASSES.resolve(name)))
                    .toList();
        }
    }

    private static Stream<String> classes(JarFile jar) {
        return jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class"));
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
