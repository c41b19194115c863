package io.millrace.benchmarks.stage;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.harness.Machine;
import io.millrace.benchmarks.harness.PerformancePage;
import io.millrace.benchmarks.harness.Report;
import io.millrace.benchmarks.harness.ResumeFile;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Terminal;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
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

/**
 * The cases of a pipeline, one after the other, what was done before taken over.
 *
 * @param pipeline its name
 * @param cases in their order
 * @param page the file in docs that a report goes to
 * @param method how it was measured, in Markdown
 */
public record Programme<S extends Stage>(
        String pipeline, List<? extends BenchCase<S>> cases, StageMaker<S> stage, String page, String method) {

    /** Makes the stage of all cases. */
    @FunctionalInterface
    public interface StageMaker<S extends Stage> {

        S make(Workspace workspace, BenchPlan plan, BenchServers servers, PrintWriter out);
    }

    /** Runs the cases that are asked for, writes the reports, and returns whether every run's target was right. */
    public boolean run(Workspace workspace, BenchPlan plan, PrintWriter out) throws Exception {
        Path folder = workspace.runs().resolve("bench");
        BenchServers servers = new BenchServers(LocalServers.in(new DataFolder(folder)));
        Runtime.getRuntime().addShutdownHook(new Thread(servers::stop, "bench-stop"));
        ResumeFile resume = ResumeFile.open(workspace.runs().resolve(resumeName()), settings(plan));
        out.println("machine: " + Machine.describe());
        List<Finding> findings = new ArrayList<>();
        S stage = this.stage.make(workspace, plan, servers, out);
        for (BenchCase<S> each : named(plan.cases())) {
            findings.addAll(findings(stage, each, resume));
        }
        report(workspace, plan, findings, out);
        boolean right = isRight(findings);
        if (right) {
            resume.delete();
        }
        return right;
    }

    /** Returns the cases of these names, in their order. */
    List<? extends BenchCase<S>> named(List<String> names) {
        return cases.stream().filter(each -> names.contains(each.name())).toList();
    }

    private String resumeName() {
        return pipeline.equals("cdc") ? "bench-resume.json" : "bench-" + pipeline + "-resume.json";
    }

    /** A case with a void run is played again. */
    private List<Finding> findings(S stage, BenchCase<S> each, ResumeFile resume) throws Exception {
        List<Finding> done = resume.done(each.name()).orElse(null);
        if (done != null && !stage.plan().quick()) {
            stage.out().println(each.name() + ": done before, taken over");
            return done;
        }
        List<Finding> findings = play(stage, each);
        if (isRight(findings)) {
            resume.finish(each.name(), findings);
        }
        return findings;
    }

    private static boolean isRight(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.ratio() == null);
    }

    private static <S extends Stage> List<Finding> play(S stage, BenchCase<S> each) throws Exception {
        PrintWriter out = stage.out();
        out.println(each.name() + ": starting servers, preparing");
        out.flush();
        try {
            stage.servers()
                    .start(each.servers(), stage.plan().ports(), new StartProgress(out, Terminal.isInteractive()));
            return each.play(stage);
        } catch (CommandFailure | IOException | SQLException e) {
            out.println(each.name() + ": could not run: " + e.getMessage());
            return List.of(Finding.failed(each.name(), String.valueOf(e.getMessage())));
        } finally {
            stage.servers().stop();
        }
    }

    private void report(Workspace workspace, BenchPlan plan, List<Finding> findings, PrintWriter out)
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
            new PerformancePage(Machine.describe(), today, plan.command(), method)
                    .write(workspace.root().resolve("docs").resolve(page), findings);
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
