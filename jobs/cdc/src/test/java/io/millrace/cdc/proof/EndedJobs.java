package io.millrace.cdc.proof;

import static org.awaitility.Awaitility.await;

import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopDatabase;
import io.millrace.testing.CommandLine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What jobs that have ended still hold of a cluster that runs on, and of their database. */
final class EndedJobs {

    /** The driver lets go of a job a moment after its last connection. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** What is said of a JVM that is too busy to answer at once. */
    private static final String BUSY = "doesn't respond within";

    private static final Pattern LOADERS = Pattern.compile(
            "(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+org\\.apache\\.flink\\.util\\.ChildFirstClassLoader\\b");

    /** The JDK remembers whose {@code equals} was linked last, and soft references a little more. */
    private static final Map<String, Integer> OF_THE_JDK =
            Map.of("flink-jobmanager", 1, "flink-taskmanager-1", 3, "flink-taskmanager-2", 3);

    private EndedJobs() {}

    /** Waits until Postgres has no connection left of them, and Flink no classes. */
    static void awaitNothingLeft(LocalServers servers, ShopDatabase database) {
        awaitNoConnection(database);
        await("no classes are left")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(3))
                .ignoreExceptionsMatching(e -> String.valueOf(e.getMessage()).contains(BUSY))
                .until(() -> loaders(servers), EndedJobs::none);
    }

    /** Waits until Postgres has no connection left to a database. */
    static void awaitNoConnection(ShopDatabase database) {
        await("no connection is left").atMost(PATIENCE).until(() -> connections(database), List::isEmpty);
    }

    private static boolean none(Map<String, Integer> loaders) {
        return loaders.entrySet().stream().allMatch(entry -> entry.getValue() <= OF_THE_JDK.get(entry.getKey()));
    }

    /** Returns what each open connection is for, and what it did last. */
    private static List<String> connections(ShopDatabase database) throws SQLException {
        List<String> open = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT concat_ws(' ', backend_type, application_name, state,"
                        + " backend_start, query) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()")) {
            while (rows.next()) {
                open.add(rows.getString(1));
            }
        }
        return open;
    }

    /** Returns how many jobs each of Flink's processes still has the classes of, after a collection. */
    private static Map<String, Integer> loaders(LocalServers servers) {
        Map<String, Integer> loaders = new TreeMap<>();
        for (LocalProcess process : servers.processes(Server.FLINK)) {
            Matcher found = LOADERS.matcher(histogram(process.pid().orElseThrow()));
            loaders.put(process.name(), found.find() ? Integer.parseInt(found.group(1)) : 0);
        }
        return loaders;
    }

    private static String histogram(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return CommandLine.run("jcmd", new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram"));
    }
}
