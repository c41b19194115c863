package io.millrace.cli.migration;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * ClickHouse over HTTP. It has neither transactions nor locks for this: a migration that fails half way is run
 * again from its first statement, so its statements must be repeatable.
 */
final class ClickHouseTarget implements MigrationTarget {
    private static final String LEDGER = """
            CREATE TABLE IF NOT EXISTS millrace.migration (
                number UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
            ENGINE = ReplacingMergeTree ORDER BY number""";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI address;
    private final String user;
    private final String password;

    ClickHouseTarget(URI address, String user, String password) {
        this.address = address;
        this.user = user;
        this.password = password;
    }

    @Override
    public String name() {
        return "ClickHouse at " + address.getScheme() + "://" + address.getAuthority();
    }

    @Override
    public List<AppliedMigration> open() throws IOException {
        query("CREATE DATABASE IF NOT EXISTS millrace");
        query(LEDGER);
        return query("SELECT number, name, checksum FROM millrace.migration FINAL ORDER BY number FORMAT TabSeparated")
                .lines()
                .map(line -> line.split("\t", -1))
                .map(cells -> new AppliedMigration(Integer.parseInt(cells[0]), cells[1], cells[2]))
                .toList();
    }

    @Override
    public void apply(Migration migration) throws IOException {
        for (SqlStatement statement : Migrator.statements(migration, Dialect.CLICKHOUSE)) {
            try {
                query(statement.text());
            } catch (CommandFailure e) {
                throw new CommandFailure(
                        migration.file() + ", line " + statement.line() + ": " + e.getMessage()
                                + ". The statements before it were applied; correct the file and migrate again.",
                        e);
            }
        }
        query("INSERT INTO millrace.migration (number, name, checksum) VALUES (%d, '%s', '%s')"
                .formatted(migration.number(), migration.name(), migration.checksum()));
    }

    private String query(String sql) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/?wait_end_of_query=1"))
                .timeout(Duration.ofMinutes(5))
                .header("X-ClickHouse-User", user)
                .header("X-ClickHouse-Key", password)
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new CommandFailure(
                        name() + " answered: " + response.body().strip());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for " + name(), e);
        } catch (IOException e) {
            throw new CommandFailure(name() + " cannot be reached: " + reason(e), e);
        }
    }

    @Override
    public void close() {}

    /** Java's HTTP client often gives no message. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
