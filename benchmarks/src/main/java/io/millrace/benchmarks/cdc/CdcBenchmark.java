package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.stage.Programme;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import io.millrace.cli.bench.Benchmark;
import java.io.PrintWriter;

/** {@code millrace bench cdc}. */
public final class CdcBenchmark implements Benchmark {

    private static final String PIPELINE = "cdc";

    @Override
    public String pipeline() {
        return PIPELINE;
    }

    @Override
    public boolean run(Workspace workspace, BenchPlan plan, PrintWriter out) throws Exception {
        return new Programme<>(PIPELINE, CdcCases.ALL, Arena::new, "performance.md", CdcMethod.TEXT)
                .run(workspace, plan, out);
    }
}
