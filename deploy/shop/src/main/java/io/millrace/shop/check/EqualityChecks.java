package io.millrace.shop.check;

import io.millrace.shop.ShopDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Every target of a pipeline against its source. The source must be quiet, or whatever is under way differs. */
public final class EqualityChecks {

    private static final Duration BREATH = Duration.ofMillis(500);

    /** How much longer it rests than it looks. */
    private static final int RESTS = 3;

    private final ShopDatabase database;
    private final List<String> tables;
    private final List<Check> checks;

    /**
     * Makes the checks of some tables.
     *
     * @param tables every table that a check compares, without the schema
     */
    public EqualityChecks(ShopDatabase database, List<String> tables, List<? extends Check> checks) {
        this.database = database;
        this.tables = List.copyOf(tables);
        this.checks = List.copyOf(checks);
    }

    /** Runs every check once against one snapshot of the source. */
    public List<CheckResult> run() {
        SourceSnapshot source = snapshot();
        return checks.stream().map(check -> check.run(source)).toList();
    }

    /**
     * Runs the checks until all are equal or the time is over, and returns the last results, in the checks' order. A
     * target that cannot be read is asked again until then. While it waits it looks at one target at a time, and rests
     * longer than it looks: comparing costs as much as the pipelines that are waited for.
     *
     * @throws TargetException if a target could not be read at the end
     */
    public List<CheckResult> awaitEqual(Duration patience) {
        SourceSnapshot source = snapshot();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            for (Check check : checks) {
                awaitEqual(check, source, deadline);
            }
            try {
                // what was equal before the last one became equal is looked at again, all at one moment
                List<CheckResult> results =
                        checks.stream().map(check -> check.run(source)).toList();
                if (results.stream().allMatch(CheckResult::isOk) || System.nanoTime() >= deadline) {
                    return results;
                }
            } catch (TargetException e) {
                if (System.nanoTime() >= deadline) {
                    throw e;
                }
            }
        }
    }

    private static void awaitEqual(Check check, SourceSnapshot source, long deadline) {
        for (long begin = System.nanoTime(); begin < deadline && !isEqual(check, source); begin = System.nanoTime()) {
            long took = System.nanoTime() - begin;
            LockSupport.parkNanos(Math.max(BREATH.toNanos(), RESTS * took));
        }
    }

    private static boolean isEqual(Check check, SourceSnapshot source) {
        try {
            return check.run(source).isOk();
        } catch (TargetException e) {
            return false;
        }
    }

    private SourceSnapshot snapshot() {
        try {
            return SourceSnapshot.take(database, tables);
        } catch (SQLException e) {
            throw new TargetException("the source cannot be read: " + e.getMessage(), e);
        }
    }
}
