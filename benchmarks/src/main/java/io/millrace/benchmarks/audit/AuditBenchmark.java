package io.millrace.benchmarks.audit;

import io.millrace.benchmarks.stage.Programme;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import io.millrace.cli.bench.Benchmark;
import java.io.PrintWriter;

/** {@code millrace bench audit}. */
public final class AuditBenchmark implements Benchmark {

    private static final String PIPELINE = "audit";

    @Override
    public String pipeline() {
        return PIPELINE;
    }

    @Override
    public boolean run(Workspace workspace, BenchPlan plan, PrintWriter out) throws Exception {
        return new Programme<>(PIPELINE, AuditCases.ALL, Depot::new, "performance-audit.md", AuditMethod.TEXT)
                .run(workspace, plan, out);
    }
}
