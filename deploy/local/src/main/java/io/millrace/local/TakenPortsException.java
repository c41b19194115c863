package io.millrace.local;

import java.util.List;
import java.util.stream.Collectors;

/** Ports that the servers need are taken; nothing was started. */
public final class TakenPortsException extends LocalServerException {

    private static final long serialVersionUID = 1;

    TakenPortsException(Ports ports, List<Port> taken) {
        super(message(ports, taken));
    }

    private static String message(Ports ports, List<Port> taken) {
        String each = taken.stream()
                .map(port -> "  " + ports.get(port) + ", wanted by " + port.label())
                .collect(Collectors.joining("\n"));
        return "Another program listens on " + (taken.size() == 1 ? "a port" : taken.size() + " ports")
                + " that the local servers need:\n" + each
                + "\nNothing was started. Stop that program, or move all ports with --port-offset N (for example 1000).";
    }
}
