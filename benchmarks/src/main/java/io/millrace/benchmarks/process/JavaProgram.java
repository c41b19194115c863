package io.millrace.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that runs in a JVM of its own.
 *
 * @param options of the JVM: heap and garbage collector
 * @param settings its system properties
 */
public record JavaProgram(String mainClass, String classPath, List<String> options, Map<String, String> settings)
        implements Program {

    /** Returns the command that starts it with the Java that runs this one. */
    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Djava.net.preferIPv4Stack=true");
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        return command;
    }

    @Override
    public String name() {
        return mainClass;
    }

    @Override
    public String describe() {
        return String.join(" ", options);
    }
}
