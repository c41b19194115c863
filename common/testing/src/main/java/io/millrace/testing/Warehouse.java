package io.millrace.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** ClickHouse with the tables of this project, over plain HTTP, for the tests of a job's module. */
public final class Warehouse {

    private static final Path MIGRATIONS = Path.of("..", "..", "sql", "clickhouse");
    private static final String DATABASE = "millrace";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    private Warehouse(String url) {
        this.address = URI.create(url + "/?user=default&wait_end_of_query=1");
    }

    /** Opens it after every migration, each of which can run again. */
    public static Warehouse migrated(String url) throws Exception {
        return migrated(url, DATABASE);
    }

    /** Does the same in a database that no other test writes to. */
    public static Warehouse migrated(String url, String database) throws Exception {
        Warehouse warehouse = new Warehouse(url);
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            for (Path file : files.sorted().toList()) {
                String statements = Files.readString(file).replaceAll("\\b" + DATABASE + "\\b", database);
                for (String statement : statements.split(";\\s*\\n", -1)) {
                    if (!statement.isBlank()) {
                        warehouse.send(statement);
                    }
                }
            }
        }
        return warehouse;
    }

    /** Returns the lines of a result, tabs between values. */
    public List<String> read(String sql) {
        try {
            return send(sql).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String send(String sql) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }
}
