package io.millrace.local.server;

import io.millrace.local.Addresses;
import io.millrace.local.DataFolder;
import io.millrace.local.Port;
import io.millrace.local.Ports;
import io.millrace.local.Server;
import io.millrace.local.process.Launch;
import io.millrace.local.process.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a server is set up: its folders and its ports.
 *
 * @param data the data folder of the run
 * @param ports the ports of the run
 */
public record Site(DataFolder data, Ports ports) {

    int port(Port port) {
        return ports.get(port);
    }

    Addresses addresses() {
        return new Addresses(ports);
    }

    Path folder(Server server) {
        return data.of(server);
    }

    Launcher launcher() {
        return new Launcher(data);
    }

    Launch launch(Server server, String process, List<String> command) {
        return new Launch(process, command, Map.of(), folder(server), data.log(process));
    }

    /** Writes a configuration file of a server and returns its path. */
    Path write(Server server, String name, String text) throws IOException {
        Path file = folder(server).resolve("conf").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file;
    }
}
