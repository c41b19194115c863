package io.millrace.common.sink.clickhouse;

import io.millrace.common.config.Secret;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.failure.FileLetters;
import io.millrace.common.sink.batch.Batching;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.common.sink.clickhouse.ClickHouseConfig.Connection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Jobs that write changes of {@link UserTable} to one table of ClickHouse, which is read over plain HTTP. */
final class ClickHouseJob {

    static final String DATABASE = "target_it";
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    final FileLetters letters;
    private final String url;
    private final String name;
    private final ClickHouseConfig config;

    ClickHouseJob(String url, String name, Map<String, String> types, Path letters) {
        this(url, null, name, types, letters);
    }

    ClickHouseJob(String url, @Nullable Secret password, String name, Map<String, String> types, Path letters) {
        this(
                new Connection(url, DATABASE, "default", password, null, REQUEST_TIMEOUT, Compression.NONE),
                name,
                types,
                letters);
    }

    private ClickHouseJob(Connection connection, String name, Map<String, String> types, Path letters) {
        this(connection, name, types, letters, false);
    }

    private ClickHouseJob(
            Connection connection, String name, Map<String, String> types, Path letters, boolean migrated) {
        this.url = connection.url();
        this.name = name;
        this.letters = new FileLetters(letters);
        this.config = new ClickHouseConfig(
                connection,
                new Batching(100, 1024 * 1024, Duration.ofMillis(50), 2),
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMinutes(5)),
                FailurePolicy.DEAD_LETTER,
                List.of(new ClickHouseRoute(UserTable.NAME, name, types)),
                migrated);
    }

    /** Writes with LZ4. */
    static ClickHouseJob compressed(String url, String name, Path letters) {
        return new ClickHouseJob(
                new Connection(url, DATABASE, "default", null, null, REQUEST_TIMEOUT, Compression.LZ4),
                name,
                Map.of(),
                letters);
    }

    /** Writes to a table that only migrations make. */
    static ClickHouseJob migrated(String url, String name, Map<String, String> types, Path letters) {
        return new ClickHouseJob(
                new Connection(url, DATABASE, "default", null, null, REQUEST_TIMEOUT, Compression.NONE),
                name,
                types,
                letters,
                true);
    }

    ClickHouseConfig config() {
        return config;
    }

    ClickHouseClient client() {
        return new HttpClickHouse(config.connection(), 1);
    }

    Sink<RowChange> sink() {
        return ClickHouseTarget.atLeastOnce(config, letters, "test");
    }

    /** Writes in two subtasks and returns when everything is done. */
    void write(RowChange... changes) throws Exception {
        write(List.of(changes));
    }

    void write(List<RowChange> changes) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.getConfig().disableGenericTypes();
        env.fromData(changes, RowChangeTypeInfo.INSTANCE)
                .rebalance()
                .sinkTo(sink())
                .setParallelism(2);
        env.execute("clickhouse");
    }

    /** Returns the lines of a result, tabs between values; {@code VERSIONS} stands for
     * the table, and {@code VIEW} for its view. */
    List<String> read(String sql) throws Exception {
        String full = DATABASE + "." + name;
        String query = sql.replace("VERSIONS", full).replace("VIEW", full + ClickHouseRoute.VIEW_SUFFIX);
        return send(url, query).lines().toList();
    }

    static String send(String url, String sql) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/?user=default&wait_end_of_query=1&query="
                        + URLEncoder.encode(sql, StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }
}
