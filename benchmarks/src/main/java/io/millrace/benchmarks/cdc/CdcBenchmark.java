package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.harness.Machine;
import io.millrace.benchmarks.harness.PerformancePage;
import io.millrace.benchmarks.harness.Report;
import io.millrace.benchmarks.harness.ResumeFile;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Terminal;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import io.millrace.cli.bench.Benchmark;
import io.millrace.cli.server.StartProgress;
import io.millrace.local.DataFolder;
import io.millrace.local.LocalServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code millrace bench cdc}. */
public final class CdcBenchmark implements Benchmark {

    @Override
    public String pipeline() {
        return "cdc";
    }

    @Override
    public boolean run(Workspace workspace, BenchPlan plan, PrintWriter out) throws Exception {
        Path folder = workspace.runs().resolve("bench");
        BenchServers servers = new BenchServers(LocalServers.in(new DataFolder(folder)));
        Runtime.getRuntime().addShutdownHook(new Thread(servers::stop, "bench-stop"));
        ResumeFile resume = ResumeFile.open(workspace.runs().resolve("bench-resume.json"), settings(plan));
        out.println("machine: " + Machine.describe());
        List<Finding> findings = new ArrayList<>();
        Arena arena = new Arena(workspace, plan, servers, out);
        for (CdcCase each : CdcCases.named(plan.cases())) {
            List<Finding> done = resume.done(each.name()).orElse(null);
            if (done == null || plan.quick()) {
                done = play(arena, each);
                finish(resume, each.name(), done);
            } else {
                out.println(each.name() + ": done before, taken over");
            }
            findings.addAll(done);
        }
        report(workspace, plan, findings, out);
        boolean right = isRight(findings);
        if (right) {
            resume.delete();
        }
        return right;
    }

    /** A case with a void run is played again. */
    private static void finish(ResumeFile resume, String name, List<Finding> findings) throws IOException {
        if (isRight(findings)) {
            resume.finish(name, findings);
        }
    }

    private static boolean isRight(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.ratio() == null);
    }

    private static List<Finding> play(Arena arena, CdcCase each) throws Exception {
        PrintWriter out = arena.out();
        out.println(each.name() + ": starting servers, preparing");
        out.flush();
        try {
            arena.servers()
                    .start(each.servers(), arena.plan().ports(), new StartProgress(out, Terminal.isInteractive()));
            return each.play(arena);
        } catch (CommandFailure | IOException | SQLException e) {
            out.println(each.name() + ": could not run: " + e.getMessage());
            return List.of(Finding.failed(each.name(), String.valueOf(e.getMessage())));
        } finally {
            arena.servers().stop();
        }
    }

    private static void report(Workspace workspace, BenchPlan plan, List<Finding> findings, PrintWriter out)
            throws IOException {
        for (Finding each : findings) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-14s against %-28s %-44s %s %s",
                    each.name(),
                    each.against(),
                    each.unit(),
                    each.ratio() == null ? "-" : String.format(Locale.ROOT, "%.2f", each.ratio()),
                    each.verdict()));
        }
        Path json = plan.json();
        if (json != null) {
            Report.write(json, findings);
        }
        if (plan.docs()) {
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            new PerformancePage(Machine.describe(), today, plan.command(), CdcMethod.TEXT)
                    .write(workspace.root().resolve("docs").resolve("performance.md"), findings);
        }
    }

    /** Everything that a figure depends on. */
    private static String settings(BenchPlan plan) {
        return String.join(
                " ",
                Machine.boot(),
                Machine.describe(),
                Boolean.toString(plan.quick()),
                Integer.toString(plan.pairs()),
                Integer.toString(plan.changes()),
                Integer.toString(plan.rows()));
    }
}
