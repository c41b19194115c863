package io.millrace.common.source.postgres;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.source.postgres.GeneratedColumns.Unsent;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What each table must be, so that its rows have a key and publishing it harms nobody who writes to it. */
final class TableCheck {

    private static final String LOOK_UP = """
            SELECT c.relkind, c.relpersistence, c.relreplident,
                   has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable,
                   row_security_active(c.oid) AS filtered,
                   pg_has_role(c.relowner, 'USAGE') AS owned,
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) AS keyed,
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisreplident)
                       AS identified,
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND NOT i.indimmediate)
                       AS deferrable,
                   (WITH RECURSIVE declared AS (
                        SELECT a.atttypid AS type FROM pg_index i
                               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                        WHERE i.indrelid = c.oid AND i.indisprimary
                        UNION ALL SELECT t.typbasetype FROM declared d JOIN pg_type t ON t.oid = d.type
                        WHERE t.typtype = 'd')
                    SELECT t.typname FROM declared d JOIN pg_type t ON t.oid = d.type WHERE t.typtype <> 'd') AS keytype,
                   EXISTS (SELECT FROM pg_publication_tables p WHERE p.pubname = ?
                           AND p.schemaname = n.nspname AND p.tablename = c.relname) AS published
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ?
            """;

    /** Partitions that hold rows whose changes would be refused, would not say the key, or would be missing. */
    private static final String UNFIT_PARTITIONS = """
            SELECT p.relid::text AS name, c.relkind = 'r' AND c.relpersistence = 'p' AS storing
            FROM pg_partition_tree(to_regclass(?)) p JOIN pg_class c ON c.oid = p.relid
            WHERE p.isleaf AND c.relkind <> 'p'
              AND (c.relkind <> 'r' OR c.relpersistence <> 'p' OR c.relreplident NOT IN ('d', 'f'))
            ORDER BY 1
            """;

    /** What describes a table to snapshot and stream takes such names for one. */
    private static final String LIKE_NAMED = """
            SELECT string_agg(attname::text, ', ' ORDER BY attnum) AS names FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
            GROUP BY lower(attname::text) HAVING count(*) > 1
            """;

    private static final String ORDINARY = "r";
    private static final String PARTITIONED = "p";

    /** The version of Postgres that has {@code publish_via_partition_root}. */
    private static final int PARTITIONS_SINCE = 13;

    private final Sql sql;
    private final String publication;
    private final InheritanceCheck inheritance;
    private final Problems problems;

    TableCheck(Sql sql, PostgresChangesConfig config, Problems problems) {
        this.sql = sql;
        this.publication = config.publication();
        this.inheritance = new InheritanceCheck(sql, config.tables(), problems);
        this.problems = problems;
    }

    void run(TableName table) throws SQLException {
        Optional<Sql.Row> found = sql.first(LOOK_UP, publication, table.schema(), table.name());
        if (found.isEmpty()) {
            add(table, "does not exist in this database, or its schema is another");
            return;
        }
        Sql.Row row = found.get();
        boolean partitioned = row.text("relkind").equals(PARTITIONED);
        if (!(partitioned || row.text("relkind").equals(ORDINARY))
                || !row.text("relpersistence").equals("p")) {
            add(table, "is not an ordinary, logged table; views, foreign and unlogged tables are not captured");
            return;
        }
        if (partitioned) {
            partitions(table);
        }
        if (row.flag("readable")) {
            inheritance.run(table, partitioned);
            columns(table);
        }
        name(table);
        rights(table, row);
        identity(table, row);
        splitting(table, row);
        generated(table);
    }

    /** Each change goes into the log as its partition's, and is refused or left out as that says. */
    private void partitions(TableName table) throws SQLException {
        if (Integer.parseInt(sql.value("SELECT current_setting('server_version_num')")) / 10_000 < PARTITIONS_SINCE) {
            add(
                    table,
                    "is partitioned, and Postgres publishes the changes of all partitions as the table's since version "
                            + PARTITIONS_SINCE + ". Capture its partitions, or leave it out");
            return;
        }
        for (Sql.Row partition : sql.rows(UNFIT_PARTITIONS, table.quoted())) {
            String name = partition.text("name");
            add(
                    table,
                    partition.flag("storing")
                            ? "has the partition " + name + " with another replica identity than the table's key. Run"
                                    + " ALTER TABLE " + name + " REPLICA IDENTITY DEFAULT"
                            : "has the partition " + name + ", which is foreign or unlogged: its changes are not in"
                                    + " the log. Detach it, or leave the table out");
        }
    }

    private void generated(TableName table) throws SQLException {
        List<Unsent> unsent = new GeneratedColumns(sql).unsent(table, publication);
        List<Unsent> ofKey = unsent.stream().filter(Unsent::keyed).toList();
        if (!ofKey.isEmpty()) {
            add(
                    table,
                    "has a primary key with generated columns that Postgres sends in no change: "
                            + Unsent.names(ofKey) + ". Run ALTER PUBLICATION " + TableName.quote(publication)
                            + " SET (publish_generated_columns = stored), which Postgres has since version 18, or leave"
                            + " the table out");
        } else if (!unsent.isEmpty()) {
            problems.note(
                    "tables." + table,
                    "has generated columns that Postgres sends in no change, so that they are in no target: "
                            + Unsent.names(unsent));
        }
    }

    /** The snapshot keeps names of tables as text in its state, takes them apart again, and looks for them as patterns. */
    private void name(TableName table) {
        if (!table.toString().matches("[\\p{L}\\p{M}\\p{N}_-]+\\.[\\p{L}\\p{M}\\p{N}_-]+")) {
            add(
                    table,
                    "has a name of other than letters, digits, `_` and `-`, or its schema has, which the snapshot cannot"
                            + " read. Rename it, or leave it out");
        }
    }

    private void columns(TableName table) throws SQLException {
        for (Sql.Row alike : sql.rows(LIKE_NAMED, table.quoted())) {
            add(
                    table,
                    "has the columns " + alike.text("names") + ", whose names differ in upper and lower case alone: one"
                            + " of them would be lost. Rename one, or leave the table out");
        }
    }

    private void splitting(TableName table, Sql.Row row) {
        String type = row.text("keytype");
        if (row.flag("keyed") && !KeySplitter.canSplit(type)) {
            problems.note(
                    "tables." + table,
                    "has a primary key that begins with a column of the type " + type + ", by which the snapshot cannot"
                            + " read it in parts: one task reads all of it, from the beginning after a failure");
        }
    }

    private void rights(TableName table, Sql.Row row) {
        if (!row.flag("readable")) {
            add(
                    table,
                    "may not be read by this user. Grant it USAGE ON SCHEMA " + TableName.quote(table.schema())
                            + " and SELECT ON " + table.quoted());
        }
        if (row.flag("filtered")) {
            add(
                    table,
                    "has row security that hides rows from this user: they would be missing from the snapshot. Run"
                            + " ALTER ROLE … BYPASSRLS, or capture as another user");
        }
        if (!row.flag("published") && !row.flag("owned")) {
            add(
                    table,
                    "is not in the publication " + publication + " and this user does not own it, so cannot publish"
                            + " it. As its owner, run CREATE PUBLICATION " + TableName.quote(publication)
                            + " FOR TABLE ONLY " + table.quoted() + ", or ALTER PUBLICATION … ADD TABLE");
        }
    }

    private void identity(TableName table, Sql.Row row) {
        if (!row.flag("keyed")) {
            add(
                    table,
                    "has no primary key: its rows cannot be told apart, and once published, Postgres would refuse"
                            + " every UPDATE and DELETE of it. Add a primary key, or leave the table out");
            return;
        }
        switch (row.text("relreplident")) {
            case "d" -> {
                if (row.flag("deferrable")) {
                    add(
                            table,
                            "has a DEFERRABLE primary key, which is no replica identity: once published, Postgres would"
                                    + " refuse every UPDATE and DELETE of it. Make the key NOT DEFERRABLE, or run"
                                    + " ALTER TABLE " + table.quoted() + " REPLICA IDENTITY FULL");
                }
            }
            case "n" ->
                add(
                        table,
                        "has REPLICA IDENTITY NOTHING: once published, Postgres would refuse every UPDATE and DELETE of"
                                + " it. Run ALTER TABLE " + table.quoted() + " REPLICA IDENTITY DEFAULT");
            case "i" -> {
                if (!row.flag("identified")) {
                    add(
                            table,
                            "has another index than its primary key as REPLICA IDENTITY: a DELETE would not say which"
                                    + " key it removed. Run ALTER TABLE " + table.quoted()
                                    + " REPLICA IDENTITY DEFAULT");
                }
            }
            default -> {}
        }
    }

    private void add(TableName table, String message) {
        problems.add("tables." + table, message);
    }
}
