package io.millrace.cli.demo;

import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Terminal;
import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.AuditedShop;
import io.millrace.cli.pipeline.PipelineLock;
import io.millrace.cli.pipeline.PipelineOptions;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.cli.pipeline.PipelineTargets;
import io.millrace.cli.server.StartProgress;
import io.millrace.local.DataFolder;
import io.millrace.local.LocalServers;
import io.millrace.shop.visitors.check.VisitorChecks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code millrace demo}. */
@Command(
        name = "demo",
        description = {
            "Runs a shop on real servers, carries its database to Kafka, Elasticsearch, Redis and ClickHouse, counts what"
                    + " its visitors do, and archives who read and changed what, while you watch.",
            "",
            "Everything starts on an empty data folder of its own, .millrace/demo. Ctrl-C, or --seconds, ends the"
                    + " workload, compares every target with Postgres, row by row, every result of the visitors with"
                    + " what their events come to, and the audit archive with its topic; then a person is erased, the"
                    + " archive verified again, and a changed byte found in a copy of it. It stops what was started. A"
                    + " second Ctrl-C stops at once."
        },
        exitCodeList = {
            "0:every target equals its source, and the archive is proven",
            "1:one differs, or the demo failed",
            "130:stopped during start-up, or at once"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace demo",
            "  millrace demo --seconds 60",
            "  millrace demo --seconds 30 --sabotage elasticsearch.users"
        })
public final class DemoCommand extends MillraceCommand {

    private static final int STOPPED = 130;

    private final Workspace workspace;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "End the workload after N seconds. Default: at Ctrl-C.")
    private @Nullable Integer seconds;

    @Option(
            names = "--sabotage",
            paramLabel = "TARGET",
            description = "Damage one row of a target before it is compared, such as elasticsearch.users,"
                    + " clickhouse.page_views_5min or audit.archive; the comparison"
                    + " must then fail and name the row.")
    private @Nullable String sabotage;

    @Mixin
    private final PipelineOptions options = new PipelineOptions();

    DemoCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        DemoPlan plan = plan();
        try (PipelineLock lock = PipelineLock.take(workspace.runs().resolve("demo.lock"))) {
            PipelineServers servers = new PipelineServers(
                    LocalServers.in(new DataFolder(workspace.runs().resolve("demo"))));
            StopSignals signals = new StopSignals(() -> {
                servers.kill();
                Runtime.getRuntime().halt(STOPPED);
            });
            signals.install(List.of("INT", "TERM", "HUP"));
            Runtime.getRuntime().addShutdownHook(new Thread(servers::stop, "demo-stop"));
            return run(plan, servers, signals);
        }
    }

    private int run(DemoPlan plan, PipelineServers servers, StopSignals signals) throws Exception {
        try {
            out().println("starting real servers in " + workspace.runs().resolve("demo"));
            servers.start(plan.ports(), new StartProgress(out(), Terminal.isInteractive()));
            DemoRun run = new DemoRun(workspace, servers, plan, signals, out());
            boolean equal = run.play();
            return equal ? 0 : 1;
        } catch (Exception e) {
            if (signals.asked() && !signals.isRunning()) {
                err().println("stopped during start-up");
                return STOPPED;
            }
            throw e;
        } finally {
            out().println("stopping the servers");
            servers.stop();
        }
    }

    private DemoPlan plan() {
        if (seconds != null && seconds < 1) {
            throw wrong("--seconds is " + seconds + "; it must be at least 1");
        }
        List<String> targets = new ArrayList<>(PipelineTargets.names());
        targets.addAll(VisitorChecks.names());
        targets.addAll(AuditedShop.names());
        if (sabotage != null && !targets.contains(sabotage)) {
            throw wrong("--sabotage is `" + sabotage + "`; it must be one of " + String.join(", ", targets));
        }
        Duration length = seconds == null ? null : Duration.ofSeconds(seconds);
        return new DemoPlan(length, sabotage, options.seed(), options.ports());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }
}
