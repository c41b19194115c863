package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.stage.RestCalls;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** ClickHouse with the tables of the project. */
final class Warehouse {

    private final RestCalls server;

    Warehouse(String url) {
        server = new RestCalls(url);
    }

    /** Makes all tables, as {@code millrace migrate} does. */
    void migrate(Workspace workspace) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.list(workspace.migrations("clickhouse"))) {
            for (Path file : files.sorted().toList()) {
                for (String statement : Files.readString(file).split(";\\s*\\n", -1)) {
                    if (!statement.isBlank()) {
                        send(statement);
                    }
                }
            }
        }
    }

    void clear(String table) throws IOException, InterruptedException {
        send("TRUNCATE TABLE millrace." + table);
    }

    /** Returns a sum over the newest version of each row. */
    long sum(String column, String table, long end) throws IOException, InterruptedException {
        return Long.parseLong(send("SELECT sum(" + column + ") FROM millrace." + table + before(end))
                .strip());
    }

    /** Returns columns of the newest version of each row, tabs between them. */
    List<String> rows(String columns, String table, long end) throws IOException, InterruptedException {
        return send("SELECT " + columns + " FROM millrace." + table + before(end))
                .lines()
                .toList();
    }

    private static String before(long end) {
        return " FINAL WHERE window_start < fromUnixTimestamp64Milli(toInt64(" + end + "), 'UTC')";
    }

    private String send(String sql) throws IOException, InterruptedException {
        return server.text("/?user=default&wait_end_of_query=1", sql);
    }
}
