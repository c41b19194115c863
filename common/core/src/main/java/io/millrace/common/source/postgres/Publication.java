package io.millrace.common.source.postgres;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The publication of exactly the captured tables: a table without a route is never published. */
final class Publication {

    /** Row filters and column lists, which Postgres has since version 15. */
    private static final String PARTIAL = """
            SELECT n.nspname || '.' || c.relname AS name, to_jsonb(r) ->> 'prqual' IS NOT NULL AS filtered
            FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
                 JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE p.pubname = ? AND (to_jsonb(r) ->> 'prqual' IS NOT NULL OR to_jsonb(r) ->> 'prattrs' IS NOT NULL)
            """;

    /** Publications that say the partition of each change of these tables, not the table. */
    private static final String BY_PARTITION = """
            SELECT FROM pg_publication p
            WHERE p.pubname = ? AND coalesce(to_jsonb(p) ->> 'pubviaroot', 'false') = 'false'
              AND EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE c.relkind = 'p' AND n.nspname || '.' || c.relname = ANY (string_to_array(?, ',')))
            """;

    private static final String LOOK_UP = """
            SELECT puballtables, pubinsert AND pubupdate AND pubdelete AND pubtruncate AS complete,
                   pg_has_role(pubowner, 'USAGE') AS owned
            FROM pg_publication WHERE pubname = ?
            """;

    private static final String EXISTS = "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')";

    private final Sql sql;
    private final String name;
    private final List<TableName> tables;

    Publication(Sql sql, String name, List<TableName> tables) {
        this.sql = sql;
        this.name = name;
        this.tables = tables;
    }

    /** Returns that of the captured tables and of the heartbeat. */
    static Publication of(PostgresChangesConfig config, Sql sql) {
        return new Publication(
                sql,
                config.publication(),
                Stream.concat(config.tables().stream(), Stream.of(HeartbeatTable.NAME))
                        .map(TableName::of)
                        .toList());
    }

    /**
     * Notes what is wrong with it.
     *
     * @param restored whether the job goes on from a savepoint, so that nothing may be missing from the stream
     */
    void check(boolean restored, Problems problems) throws SQLException {
        Optional<Sql.Row> found = sql.first(LOOK_UP, name);
        if (found.isEmpty()) {
            creatable(problems);
            return;
        }
        Sql.Row row = found.get();
        Optional<String> leftOut = leavesOut();
        if (row.flag("puballtables")) {
            problems.add(
                    "source.publication",
                    name + " is FOR ALL TABLES: tables without a key in it refuse every UPDATE and DELETE. Name another"
                            + " one, which is then created for the captured tables");
        } else if (restored && leftOut.isPresent()) {
            problems.add(
                    "source.publication",
                    name + " " + leftOut.get() + ": what it left out while the job ran or stood still is in no stream."
                            + " Drop the slot. " + SlotCheck.ANEW);
        } else if (!row.flag("complete")) {
            problems.add(
                    "source.publication",
                    name + " leaves out some kinds of changes. Run ALTER PUBLICATION " + TableName.quote(name)
                            + " SET (publish = 'insert, update, delete, truncate')");
        } else if (!row.flag("owned") && !isWanted()) {
            problems.add(
                    "source.publication",
                    name + " holds other tables than the captured ones, or not all of their rows and columns, and"
                            + " belongs to somebody else. As its owner, run"
                            + " ALTER PUBLICATION " + TableName.quote(name) + " SET TABLE " + list());
        } else if (!row.flag("owned") && isByPartition()) {
            problems.add(
                    "source.publication",
                    name + " says the partition of a change where the captured table is wanted, and belongs to"
                            + " somebody else. As its owner, run ALTER PUBLICATION " + TableName.quote(name)
                            + " SET (publish_via_partition_root = true)");
        } else if (leftOut.isPresent()) {
            problems.note("source.publication", name + " " + leftOut.get() + ", which is taken away");
        }
    }

    /** Returns what its settings keep from the stream, if anything: Postgres takes other ones at any time. */
    private Optional<String> leavesOut() throws SQLException {
        if (sql.first(LOOK_UP, name).filter(row -> !row.flag("complete")).isPresent()) {
            return Optional.of("leaves out some kinds of changes");
        }
        Set<String> wanted = wanted();
        return sql.rows(PARTIAL, name).stream()
                .filter(row -> wanted.contains(row.text("name")))
                .map(row ->
                        (row.flag("filtered") ? "has a row filter for " : "has a column list for ") + row.text("name"))
                .findFirst();
    }

    private void creatable(Problems problems) throws SQLException {
        if (!sql.value("SELECT has_database_privilege(current_database(), 'CREATE')")
                .equals("t")) {
            problems.add(
                    "source.publication",
                    name + " does not exist and this user may not create it. As the owner of the tables, run"
                            + " CREATE PUBLICATION " + TableName.quote(name) + " FOR TABLE " + list());
        }
    }

    /** Returns those of the tables that it does not have, if it is there. */
    List<String> unpublished() throws SQLException {
        if (sql.first("SELECT FROM pg_publication WHERE pubname = ?", name).isEmpty()) {
            return List.of();
        }
        Set<String> published = published();
        return tables.stream()
                .map(TableName::toString)
                .filter(table -> !published.contains(table) && !table.equals(HeartbeatTable.NAME))
                .toList();
    }

    /**
     * Returns what became of a table whose changes are not all published any more: another one has its name, or it has
     * another name itself, or the publication has other settings.
     *
     * @param numbers of the tables when the job was started
     */
    Optional<String> lost(TableNumbers numbers) throws SQLException {
        Optional<String> unpublished = lostByName();
        if (unpublished.isPresent()) {
            return unpublished;
        }
        Optional<String> another =
                numbers.lost(TableNumbers.of(sql, List.copyOf(numbers.byName().keySet())));
        return another.isPresent() ? another : leavesOut().map(what -> "The publication " + name + " " + what);
    }

    private Optional<String> lostByName() throws SQLException {
        Set<String> published = published();
        Set<String> others = new TreeSet<>(published);
        others.removeAll(wanted());
        for (TableName table : missing(published)) {
            if (exists(table)) {
                return Optional.of("Table " + table + " is not in the publication " + name
                        + ": it was made anew, or got this name, or was taken out of the publication");
            }
            if (!others.isEmpty()) {
                return Optional.of("There is no table " + table + " any more, and the publication " + name + " has "
                        + String.join(", ", others) + ", which has no route: it seems to be renamed");
            }
        }
        return Optional.empty();
    }

    /** Returns those of the tables that are not there any more. */
    List<String> dropped() throws SQLException {
        List<String> dropped = new ArrayList<>();
        for (TableName table : missing(published())) {
            if (!exists(table)) {
                dropped.add(table.toString());
            }
        }
        return dropped;
    }

    private List<TableName> missing(Set<String> published) {
        return tables.stream()
                .filter(table -> !published.contains(table.toString()))
                .toList();
    }

    private boolean exists(TableName table) throws SQLException {
        return sql.first(EXISTS, table.schema(), table.name()).isPresent();
    }

    /** Creates the publication, or makes it hold the captured tables and no other. */
    void prepare() throws SQLException {
        String quoted = TableName.quote(name);
        boolean exists =
                sql.first("SELECT FROM pg_publication WHERE pubname = ?", name).isPresent();
        if (!exists) {
            sql.execute("CREATE PUBLICATION " + quoted + " FOR TABLE " + list());
            if (new GeneratedColumns(sql).canBePublished()) {
                sql.execute("ALTER PUBLICATION " + quoted + " SET (publish_generated_columns = stored)");
            }
        }
        if (isByPartition()) {
            sql.execute("ALTER PUBLICATION " + quoted + " SET (publish_via_partition_root = true)");
        }
        if (exists && !isWanted()) {
            sql.execute("ALTER PUBLICATION " + quoted + " SET TABLE " + list());
        }
    }

    private boolean isByPartition() throws SQLException {
        String captured = tables.stream().map(TableName::toString).collect(Collectors.joining(","));
        return sql.first(BY_PARTITION, name, captured).isPresent();
    }

    private boolean isWanted() throws SQLException {
        return published().equals(wanted()) && sql.first(PARTIAL, name).isEmpty();
    }

    private Set<String> published() throws SQLException {
        return sql
                .rows("SELECT schemaname || '.' || tablename AS t FROM pg_publication_tables WHERE pubname = ?", name)
                .stream()
                .map(row -> row.text("t"))
                .collect(Collectors.toSet());
    }

    private Set<String> wanted() {
        return tables.stream().map(TableName::toString).collect(Collectors.toSet());
    }

    /** Without ONLY, what inherits from a table is published as well, and a child without a key can no longer be updated. */
    private String list() {
        return tables.stream().map(table -> "ONLY " + table.quoted()).collect(Collectors.joining(", "));
    }
}
