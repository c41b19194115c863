package io.millrace.common.source.postgres;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.sql.SQLException;

/** Whether {@link HeartbeatTable} can be written and published, or can be made. */
final class HeartbeatCheck {

    private static final String LOOK_UP = """
            SELECT current_user AS me, c.oid IS NOT NULL AS there,
                   has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                       AND has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE') AS writable,
                   (SELECT count(*) FROM pg_attribute WHERE attrelid = c.oid AND NOT attisdropped
                        AND attname IN ('id', 'beaten_at')) = 2 AS formed,
                   CASE WHEN n.oid IS NULL THEN has_database_privilege(current_database(), 'CREATE')
                        ELSE has_schema_privilege(n.oid, 'CREATE') END AS creatable
            FROM (SELECT) AS one LEFT JOIN pg_namespace n ON n.nspname = 'millrace'
                 LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'heartbeat'
            """;

    private final Sql sql;
    private final TableCheck tables;
    private final Problems problems;

    HeartbeatCheck(Sql sql, TableCheck tables, Problems problems) {
        this.sql = sql;
        this.tables = tables;
        this.problems = problems;
    }

    void run() throws SQLException {
        Sql.Row row = sql.first(LOOK_UP).orElseThrow();
        String user = TableName.quote(row.text("me"));
        String usage = "GRANT USAGE ON SCHEMA millrace TO " + user;
        if (!row.flag("there")) {
            if (!row.flag("creatable")) {
                problems.add(
                        "source",
                        "has no table " + HeartbeatTable.NAME + " and this user may not create it. As an"
                                + " administrator, run CREATE SCHEMA IF NOT EXISTS millrace; "
                                + HeartbeatTable.CREATE_TABLE + "; ALTER TABLE " + HeartbeatTable.NAME + " OWNER TO "
                                + user + "; " + usage);
            }
            return;
        }
        if (!row.flag("writable")) {
            problems.add(
                    "source",
                    "has a table " + HeartbeatTable.NAME + " that this user may not write, so that a quiet database"
                            + " would keep its WAL. Run " + usage + "; GRANT SELECT, INSERT, UPDATE ON "
                            + HeartbeatTable.NAME + " TO " + user);
        }
        if (!row.flag("formed")) {
            problems.add(
                    "source",
                    "has a table " + HeartbeatTable.NAME
                            + " without the columns id and beaten_at, which captures write."
                            + " Run `millrace migrate --postgres` if an earlier one made it; else give it another name");
        }
        tables.run(TableName.of(HeartbeatTable.NAME));
    }
}
