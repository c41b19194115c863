package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.stage.Programme;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import io.millrace.cli.bench.Benchmark;
import java.io.PrintWriter;

/** {@code millrace bench analytics}. */
public final class AnalyticsBenchmark implements Benchmark {

    private static final String PIPELINE = "analytics";

    @Override
    public String pipeline() {
        return PIPELINE;
    }

    @Override
    public boolean run(Workspace workspace, BenchPlan plan, PrintWriter out) throws Exception {
        return new Programme<>(
                        PIPELINE, AnalyticsCases.ALL, Scene::new, "performance-analytics.md", AnalyticsMethod.TEXT)
                .run(workspace, plan, out);
    }
}
