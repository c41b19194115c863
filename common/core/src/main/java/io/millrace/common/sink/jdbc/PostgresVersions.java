package io.millrace.common.sink.jdbc;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.replay.HighestVersion;
import java.sql.Connection;
import java.sql.SQLException;

/** The highest versions that tables of Postgres hold, as a target. */
public final class PostgresVersions {

    private PostgresVersions() {}

    /**
     * Notes the highest version of each table that exists; nothing is changed. It reads the whole tables.
     *
     * @param path where the configuration says how the database is reached
     * @param problems says so if it does not answer
     */
    public static void read(PostgresTargetConfig config, String path, HighestVersion highest, Problems problems) {
        try (Connection connection = config.address().connect("preflight")) {
            Sql sql = new Sql(connection);
            for (PostgresRoute route : config.routes()) {
                TableName table = new TableName(config.schema(), route.name());
                if (sql.first(
                                "SELECT FROM pg_tables WHERE schemaname = ? AND tablename = ?",
                                table.schema(),
                                table.name())
                        .isPresent()) {
                    String held = sql.value(
                            "SELECT max(" + TableName.quote(PostgresRoute.VERSION) + ") FROM " + table.quoted());
                    highest.note(held.isEmpty() ? 0 : Long.parseLong(held), "the table " + table + " of Postgres");
                }
            }
        } catch (SQLException e) {
            problems.add(
                    path,
                    "cannot be used: "
                            + AnswerException.of(config.address().url(), e).getMessage());
        }
    }
}
