package io.millrace.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;

/** A ClickHouse server, over HTTP. */
public final class ClickHouse {

    private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String LOCAL_USER = "default";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE_TO_CONNECT).build();
    private final URI address;
    private final String user;
    private final String password;

    private ClickHouse(URI address, String user, String password) {
        this.address = address;
        this.user = user;
        this.password = password;
    }

    /** The server of the local run, whose user needs no password. */
    public static ClickHouse local(String url) {
        return new ClickHouse(URI.create(url), LOCAL_USER, "");
    }

    /** A server, as the user that {@code CLICKHOUSE_USER} and {@code CLICKHOUSE_PASSWORD} name. */
    public static ClickHouse of(Workspace workspace, URI address) {
        return new ClickHouse(
                address,
                Objects.requireNonNullElse(workspace.variable("CLICKHOUSE_USER"), LOCAL_USER),
                Objects.requireNonNullElse(workspace.variable("CLICKHOUSE_PASSWORD"), ""));
    }

    /** What to call it in messages, with its address and without a secret. */
    public String name() {
        return "ClickHouse at " + address.getScheme() + "://" + address.getAuthority();
    }

    /**
     * Runs one statement to its end, and returns what it answers.
     *
     * @throws CommandFailure if the server cannot be reached, does not answer within 5 min, or refuses the statement
     */
    public String query(String sql) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/?wait_end_of_query=1"))
                .timeout(PATIENCE)
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

    /** Java's HTTP client often gives no message. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
