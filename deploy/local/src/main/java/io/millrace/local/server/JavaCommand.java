package io.millrace.local.server;

import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a server that runs in a Java process of its own. {@link LocalServers#SHORT_LIVED} ones are
 * compiled once and lightly, and collect garbage on no threads of their own; so do processes that never work hard.
 */
final class JavaCommand {

    static final String COMPILE_ONCE = "-XX:TieredStopAtLevel=1";
    static final String COLLECT_BESIDE = "-XX:+UseG1GC";
    static final String COLLECT_AT_ONCE = "-XX:+UseSerialGC";

    private final Site site;
    private final Server server;
    private final List<String> options = new ArrayList<>();
    private String logging = "log4j2.properties";

    JavaCommand(Site site, Server server) {
        this.site = site;
        this.server = server;
    }

    JavaCommand option(String... values) {
        options.addAll(List.of(values));
        return this;
    }

    JavaCommand option(List<String> values) {
        options.addAll(values);
        return this;
    }

    JavaCommand logTo(String configuration) {
        logging = configuration;
        return this;
    }

    /** Returns the whole command; the same Java that runs this one, and a temporary folder inside the server's data. */
    List<String> main(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        if (Boolean.getBoolean(LocalServers.SHORT_LIVED)) {
            command.replaceAll(option -> option.equals(COLLECT_BESIDE) ? COLLECT_AT_ONCE : option);
            command.add(COMPILE_ONCE);
        }
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Djava.io.tmpdir=" + temporary());
        command.add("-Djava.net.preferIPv4Stack=true");
        command.add("-Dlog4j2.configurationFile=" + logConfiguration());
        command.add("-cp");
        command.add(ServerClassPath.of(server));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }

    private Path temporary() {
        return created(site.folder(server).resolve("tmp"));
    }

    private Path logConfiguration() {
        try (InputStream text = JavaCommand.class.getResourceAsStream(logging)) {
            if (text == null) {
                throw new IllegalStateException(logging + " is not on the class path");
            }
            return site.write(server, logging, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
