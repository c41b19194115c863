package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.workload.BenchTable;
import io.millrace.local.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Our capture as its work grows: more rows, more tables, larger rows, one huge transaction. Nobody is compared. */
final class GrowthCase implements CdcCase {

    private static final int QUICK_DIVISOR = 10;
    private static final int QUICK_STEP = 100;
    private static final int STEP = 10;
    private static final int TABLES = 100;
    private static final int ROWS = 1_000_000;
    private static final int ROWS_OF_ALL_TABLES = 100_000;
    private static final int BYTES_OF_ALL_ROWS = 100_000_000;
    private static final int NOTE = BenchTable.USUAL_NOTE;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public Set<Server> servers() {
        return Set.of(Server.POSTGRES, Server.KAFKA);
    }

    @Override
    public List<Finding> play(Arena arena) throws Exception {
        GrowthRuns runs = new GrowthRuns(arena);
        int divisor = arena.plan().quick() ? QUICK_DIVISOR : 1;
        int step = arena.plan().quick() ? QUICK_STEP : STEP;
        List<Finding> findings = new ArrayList<>();
        for (int rows = 1_000; rows <= ROWS / divisor; rows *= step) {
            runs.snapshot("rows", rows + " rows", 1, rows, NOTE);
        }
        findings.addAll(runs.findings("records/s", false));
        for (int tables = 1; tables <= TABLES / divisor; tables *= STEP) {
            runs.snapshot("tables", tables + " tables", tables, ROWS_OF_ALL_TABLES / divisor / tables, NOTE);
        }
        findings.addAll(runs.findings("records/s", false));
        for (int bytes = 100; bytes <= 100_000; bytes *= step) {
            runs.snapshot("row size", bytes + " B", 1, BYTES_OF_ALL_ROWS / divisor / Math.max(bytes, 1_000), bytes);
        }
        findings.addAll(runs.findings("bytes/s", true));
        for (int changes : List.of(ROWS / divisor / 100, ROWS / divisor)) {
            runs.transaction(changes);
        }
        findings.addAll(runs.findings("records/s", false));
        return findings;
    }
}
