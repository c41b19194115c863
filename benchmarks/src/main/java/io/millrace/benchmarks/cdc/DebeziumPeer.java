package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.process.JavaProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Debezium's engine, on the class path that the build of {@code benchmarks/debezium} writes. */
final class DebeziumPeer {

    private static final String MAIN = "io.millrace.benchmarks.debezium.DebeziumMain";

    private DebeziumPeer() {}

    /**
     * Returns the program.
     *
     * @param snapshot Debezium's {@code snapshot.mode}
     */
    static JavaProgram of(Arena arena, String snapshot) throws IOException {
        Path target = arena.workspace()
                .root()
                .resolve("benchmarks")
                .resolve("debezium")
                .resolve("target");
        String jars = Files.readString(target.resolve("classpath")).strip();
        Map<String, String> settings = new LinkedHashMap<>(arena.settings());
        settings.put("bench.snapshot", snapshot);
        settings.put("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        return new JavaProgram(MAIN, target.resolve("classes") + File.pathSeparator + jars, Arena.JVM, settings);
    }
}
