package io.millrace.local;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one process of a server.
 *
 * @param server the server it belongs to
 * @param process the process' name, such as {@code kafka} or {@code flink-taskmanager-1}
 * @param running whether it runs
 * @param pid its process id; null when it does not run
 * @param since when it was started; null when it does not run
 * @param address where people reach the server, such as {@code http://127.0.0.1:8081}
 * @param ports every port the process listens on when it runs, by name
 * @param data where the server keeps its data
 * @param log the process' log file
 */
public record ServerStatus(
        Server server,
        String process,
        boolean running,
        @Nullable Long pid,
        @Nullable Instant since,
        String address,
        Map<String, Integer> ports,
        Path data,
        Path log) {}
