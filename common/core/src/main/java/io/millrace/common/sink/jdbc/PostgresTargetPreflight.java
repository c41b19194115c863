package io.millrace.common.sink.jdbc;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What must be true of a database before a job writes to it: everything that is wrong is said, with its remedy. */
public final class PostgresTargetPreflight {

    private static final int OLDEST = 120_000;

    private final String path;
    private final PostgresTargetConfig config;
    private final Problems problems;

    /** @param path where the configuration says how the database is reached */
    public PostgresTargetPreflight(String path, PostgresTargetConfig config, Problems problems) {
        this.path = path;
        this.config = config;
        this.problems = problems;
    }

    /**
     * Notes everything that is wrong; nothing is changed.
     *
     * @param routePath where the configuration has the route of a source's table
     */
    public void check(UnaryOperator<String> routePath) {
        try (Connection connection = config.address().connect("preflight")) {
            Sql sql = new Sql(connection);
            checkServer(sql);
            if (checkSchema(sql)) {
                for (PostgresRoute route : config.routes()) {
                    checkTable(sql, route, routePath.apply(route.table()));
                }
            }
        } catch (SQLException e) {
            problems.add(
                    path,
                    "cannot be used: "
                            + AnswerException.of(config.address().url(), e).getMessage());
        }
    }

    private void checkServer(Sql sql) throws SQLException {
        if (Integer.parseInt(sql.value("SELECT current_setting('server_version_num')")) < OLDEST) {
            problems.add(path, "is Postgres " + sql.value("SHOW server_version") + "; it must be 12 or later");
        }
        if (sql.value("SELECT pg_is_in_recovery()").equals("t")) {
            problems.add(path, "is a standby, which nobody can write to; name the primary");
        }
        if (sql.value("SHOW synchronous_commit").equals("off")) {
            problems.note(
                    path,
                    "has `synchronous_commit` off: a crash of the server can lose what a checkpoint counts as written."
                            + " Set it to `on` for " + config.address().user());
        }
    }

    /** Returns whether its tables can be looked at. */
    private boolean checkSchema(Sql sql) throws SQLException {
        boolean exists = !sql.rows("SELECT 1 AS one FROM pg_namespace WHERE nspname = ?", config.schema())
                .isEmpty();
        if (!exists) {
            if (isMissing(sql, "has_database_privilege(current_database(), 'CREATE')")) {
                problems.add(
                        path + ".schema",
                        "is " + config.schema() + ", which does not exist, and "
                                + config.address().user()
                                + " may not make it: CREATE SCHEMA " + TableName.quote(config.schema())
                                + " AUTHORIZATION "
                                + TableName.quote(config.address().user()));
            }
            return false;
        }
        if (isMissing(sql, "has_schema_privilege(?, 'USAGE')", config.schema())) {
            problems.add(path + ".schema", refused(List.of("USAGE"), "SCHEMA " + TableName.quote(config.schema())));
            return false;
        }
        return true;
    }

    private void checkTable(Sql sql, PostgresRoute route, String routePath) throws SQLException {
        TableName table = new TableName(config.schema(), route.name());
        TableLayout layout = new Tables(config.schema()).look(sql, route);
        String place = routePath + ".postgres.table";
        TableProblems.of(table, layout).forEach(problem -> problems.add(place, "cannot be used: " + problem));
        boolean complete = layout.isThere() && layout.hasView();
        if (!complete && isMissing(sql, "has_schema_privilege(?, 'CREATE')", config.schema())) {
            problems.add(
                    place,
                    "or its view has to be made: "
                            + refused(List.of("CREATE"), "SCHEMA " + TableName.quote(config.schema())));
        }
        List<String> missing = new ArrayList<>();
        for (String right : layout.isThere() ? List.of("SELECT", "INSERT", "UPDATE") : List.<String>of()) {
            if (isMissing(sql, "has_table_privilege(?, '" + right + "')", table.quoted())) {
                missing.add(right);
            }
        }
        if (!missing.isEmpty()) {
            problems.add(place, refused(missing, table.quoted()));
        }
    }

    private String refused(List<String> rights, String what) {
        String right = String.join(", ", rights);
        return config.address().user() + " has not the right to " + right + ": GRANT " + right + " ON " + what + " TO "
                + TableName.quote(config.address().user());
    }

    private static boolean isMissing(Sql sql, String right, String... arguments) throws SQLException {
        return !sql.value("SELECT " + right, arguments).equals("t");
    }
}
