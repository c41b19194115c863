package io.millrace.testing;

import io.millrace.local.ProjectRoot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** ClickHouse with the tables of this project, over plain HTTP. */
public final class Warehouse {

    private static final String DATABASE = "millrace";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    private Warehouse(String url, String settings) {
        this.address = URI.create(url + "/?user=default&wait_end_of_query=1" + settings);
    }

    /** Opens it after every migration, each of which can run again. */
    public static Warehouse migrated(String url) throws IOException {
        return migrated(url, DATABASE);
    }

    /** Does the same in a database that no other test writes to. */
    public static Warehouse migrated(String url, String database) throws IOException {
        return migrated(url, database, "");
    }

    /**
     * Does the same for statements that have settings of their own.
     *
     * @param settings as parameters of an address, such as {@code &max_threads=1}
     */
    public static Warehouse migratedWith(String url, String settings) throws IOException {
        return migrated(url, DATABASE, settings);
    }

    private static Warehouse migrated(String url, String database, String settings) throws IOException {
        Warehouse warehouse = new Warehouse(url, settings);
        try (Stream<Path> files = Files.list(ProjectRoot.find().resolve("sql").resolve("clickhouse"))) {
            for (Path file : files.sorted().toList()) {
                warehouse.run(Files.readString(file).replaceAll("\\b" + DATABASE + "\\b", database));
            }
        }
        return warehouse;
    }

    /** Runs statements one after the other, each of which ends with a semicolon at the end of a line. */
    public void run(String statements) {
        for (String statement : statements.split(";\\s*\\n", -1)) {
            if (!statement.isBlank()) {
                send(statement);
            }
        }
    }

    /** Returns the lines of a result, tabs between values. */
    public List<String> read(String sql) {
        return send(sql).lines().toList();
    }

    /**
     * Returns the answer to one statement.
     *
     * @throws IllegalStateException if the server refuses it; the message is the server's
     */
    public String send(String sql) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException("ClickHouse does not answer at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for ClickHouse", e);
        }
    }
}
