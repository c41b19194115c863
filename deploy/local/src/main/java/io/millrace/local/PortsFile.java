package io.millrace.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.process.RunFiles;
import java.io.IOException;
import java.nio.file.Files;

/** The file {@code ports.json} of a data folder: the ports of the last start. */
final class PortsFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PortsFile() {}

    /** Returns the ports of the last start, or the standard ones before the first. */
    static Ports read(DataFolder data) {
        if (!Files.exists(data.ports())) {
            return Ports.standard();
        }
        try {
            JsonNode json = JSON.readTree(data.ports().toFile());
            return Ports.of(port -> json.path(port.name()).asInt(port.standard()));
        } catch (IOException e) {
            throw new LocalServerException(
                    "The file " + data.ports() + " cannot be read: " + e + "; remove it if nothing runs", e);
        }
    }

    static void write(DataFolder data, Ports ports) {
        ObjectNode json = JSON.createObjectNode();
        ports.asMap().forEach((port, number) -> json.put(port.name(), number));
        try {
            RunFiles.writeAtomically(data.ports(), json.toPrettyString());
        } catch (IOException e) {
            throw new LocalServerException("The file " + data.ports() + " cannot be written: " + e, e);
        }
    }
}
