package io.millrace.common.sink.clickhouse;

import io.millrace.common.config.Problems;
import io.millrace.common.sink.clickhouse.ClickHouseConfig.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Tables that migrations make, with partitions, times to live and comments, and no job: one that a job has made would have
 * none of them, and no later migration would bring them.
 */
public final class MigratedTables {

    static final String REMEDY =
            "run ./millrace migrate (with --clickhouse and --database for what is not the local run's)."
                    + " If it finds nothing to do, rename that table if there is one, drop the table `migration` of the same"
                    + " database, and run it again: each migration can be repeated";

    private final Connection connection;
    private final Problems problems;

    /** Makes it; nobody is asked yet. */
    public MigratedTables(Connection connection, Problems problems) {
        this.connection = connection;
        this.problems = problems;
    }

    /**
     * Notes every table that is not there, or is not as migrations make it. A server that does not answer is no problem:
     * the target waits for it, and stops if it finds such a table then.
     *
     * @param path in the configuration, of the server
     * @param routes whose types name all columns that rows have
     */
    public void require(String path, Collection<ClickHouseRoute> routes) {
        if (routes.isEmpty()) {
            return;
        }
        try (ClickHouseClient client = new HttpClickHouse(connection, 1)) {
            Tables tables = new Tables(client, connection.database(), true);
            List<String> missing = new ArrayList<>();
            for (ClickHouseRoute route : routes) {
                check(route, tables, missing);
            }
            if (!missing.isEmpty()) {
                problems.add(
                        path + ".database",
                        "is " + connection.database() + ", which at " + connection.url() + " has no table "
                                + String.join(", ", missing) + "; " + REMEDY);
            }
        } catch (AnswerException e) {
            unanswered(path, e);
        } catch (IOException e) {
            problems.add(path, "cannot be used: " + e.getMessage());
        }
    }

    private void unanswered(String path, AnswerException error) {
        if (error.kind() == AnswerKind.FATAL) {
            problems.add(path, "cannot be used: " + error.getMessage());
        } else {
            problems.note(path, "could not be checked for its tables: " + error.getMessage());
        }
    }

    private void check(ClickHouseRoute route, Tables tables, List<String> missing) throws IOException {
        try {
            TableLayout layout = tables.look(route);
            if (!layout.isThere()) {
                missing.add(route.name());
                return;
            }
            for (String misfit : misfits(route, layout)) {
                problems.add("tables." + route.name(), misfit + "; " + REMEDY);
            }
        } catch (UnfitTableException e) {
            problems.add("tables." + route.name(), "cannot be used: " + e.getMessage());
        }
    }

    /** Returns what of a table is not as migrations make it; nothing if all is well. */
    static List<String> misfits(ClickHouseRoute route, TableLayout layout) {
        if (!layout.isThere()) {
            return List.of("does not exist");
        }
        List<String> misfits = new ArrayList<>();
        for (String column : new TreeSet<>(route.types().keySet())) {
            if (!layout.has(column)) {
                misfits.add("has no column " + column);
            } else if (layout.cellType(column).isEmpty()) {
                misfits.add("has a column " + column + " of the type " + layout.type(column)
                        + ", which rows cannot be written as");
            }
        }
        if (!layout.isPartitioned()) {
            misfits.add("has no partitions, so that no migration has made it");
        }
        return misfits;
    }
}
