package io.millrace.common.sink.jdbc;

import io.millrace.common.config.Secret;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.FailurePolicy;
import io.millrace.common.failure.FileLetters;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.sink.batch.Batching;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.local.Addresses;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs that write changes of {@link UserTable} to one table of Postgres, which is read by a connection of its own. */
final class ReadModelJob {

    static final String SCHEMA = "target \"it";
    static final String QUOTED_SCHEMA = "\"target \"\"it\"";
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    final FileLetters letters;
    final PostgresTargetConfig config;
    private final String name;

    ReadModelJob(PostgresAddress address, String name, Map<String, String> types, Path letters) {
        this.name = name;
        this.letters = new FileLetters(letters);
        this.config = new PostgresTargetConfig(
                address,
                SCHEMA,
                REQUEST_TIMEOUT,
                new Batching(100, 1024 * 1024, Duration.ofMillis(50), 1),
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMinutes(5)),
                FailurePolicy.DEAD_LETTER,
                List.of(new PostgresRoute(UserTable.NAME, name, types)));
    }

    static PostgresAddress address(Addresses addresses) {
        return new PostgresAddress(
                addresses.postgresHost(),
                addresses.postgresPort(),
                addresses.postgresDatabase(),
                addresses.postgresUser(),
                new Secret(""));
    }

    Sink<RowChange> sink() {
        return PostgresTarget.atLeastOnce(config, letters, "test");
    }

    /** Writes in two subtasks and returns when everything is done. */
    JobExecutionResult write(RowChange... changes) throws Exception {
        return write(List.of(changes));
    }

    JobExecutionResult write(List<RowChange> changes) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.getConfig().disableGenericTypes();
        env.fromData(changes, RowChangeTypeInfo.INSTANCE)
                .rebalance()
                .sinkTo(sink())
                .setParallelism(2);
        return env.execute("postgres");
    }

    /** Returns a quoted name; empty for the table's own, else what its name ends with. */
    String table(String suffix) {
        return QUOTED_SCHEMA + ".\"" + name.replace("\"", "\"\"") + suffix + "\"";
    }

    /** Returns the lines of a result; {@code <TABLE>} stands for the table, and {@code <VIEW>} for its view. */
    List<String> read(String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = config.address().connect("test");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(named(sql))) {
            while (rows.next()) {
                StringJoiner line = new StringJoiner("\t");
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.add(String.valueOf(rows.getString(i)));
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    void execute(String... commands) throws SQLException {
        try (Connection connection = config.address().connect("test");
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(named(command));
            }
        }
    }

    private String named(String sql) {
        return sql.replace("<TABLE>", table("")).replace("<VIEW>", table(PostgresRoute.VIEW_SUFFIX));
    }
}
