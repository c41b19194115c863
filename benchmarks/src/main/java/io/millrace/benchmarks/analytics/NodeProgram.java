package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.process.NodePackages;
import io.millrace.benchmarks.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The consumer of KafkaJS: Node.js with the script of benchmarks/kafkajs.
 *
 * @param folder that holds the script and its library
 * @param environment what it is told
 */
record NodeProgram(Path folder, Map<String, String> environment) implements Program {

    private static final String KAFKAJS = "kafkajs@2.2.4";
    private static final String SCRIPT = "page-views.js";

    /** Fetches the library with npm, if it is not there yet. */
    static NodeProgram install(Scene scene, Map<String, String> environment) throws IOException, InterruptedException {
        Path folder = scene.workspace().runs().resolve("bench-kafkajs");
        Files.createDirectories(folder);
        Files.copy(
                scene.module("kafkajs").resolve(SCRIPT), folder.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
        NodePackages.install(folder, KAFKAJS);
        return new NodeProgram(folder, environment);
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("node", folder.resolve(SCRIPT).toString()));
        return command;
    }

    @Override
    public String name() {
        return "node " + SCRIPT;
    }

    @Override
    public String describe() {
        return "one thread, counts in memory only";
    }
}
