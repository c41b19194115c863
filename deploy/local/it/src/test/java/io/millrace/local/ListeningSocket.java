package io.millrace.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A socket in state LISTEN, as Linux shows it.
 *
 * @param address hexadecimal, in the machine's byte order
 * @param port its number
 */
record ListeningSocket(String address, int port) {

    private static final String LISTEN = "0A";

    /** 127.0.0.1, the same within IPv6, and ::1. */
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    static List<ListeningSocket> among(Collection<Integer> ports) throws IOException {
        List<ListeningSocket> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path file = Path.of("/proc/net", table);
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] fields = line.trim().split("\\s+", -1);
                if (fields[3].equals(LISTEN)) {
                    String[] local = fields[1].split(":", -1);
                    found.add(new ListeningSocket(local[0], Integer.parseInt(local[1], 16)));
                }
            }
        }
        found.removeIf(socket -> !ports.contains(socket.port));
        return found;
    }

    boolean isLoopback() {
        return LOOPBACK.contains(address);
    }
}
